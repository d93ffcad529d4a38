package net.bellwether.agent.herald;

import net.bellwether.agent.engine.AttemptRequest;

/// A standing request under the number that its heralds carry, with the link and mode they must
/// name.
public record Slot(int number, int link, int mode, AttemptRequest request) {}
