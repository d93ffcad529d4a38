package net.bellwether.controller.http;

import io.micronaut.serde.annotation.Serdeable;

/// What `/health` answers: `UP` while decisions are taken here, `STANDBY` while another controller
/// takes them, else `DOWN`; the leadership's term, the version, and how many agents are connected.
@Serdeable
public record Health(String status, String version, long term, long connectedAgents) {}
