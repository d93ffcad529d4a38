package net.bellwether.agent.engine;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;

/// A standing request to a device: attempt on `link`, for pairs that enter `stage`, in the rounds
/// of every frame in [`fromFrame`, `untilFrame`); an `untilFrame` of 0 means no end.
public record AttemptRequest(
    LinkId link,
    FlowId flow,
    long generation,
    int stage,
    String mode,
    int multiplexing,
    long fromFrame,
    long untilFrame,
    Rounds rounds) {}
