package net.bellwether.controller.tracker;

import net.bellwether.controller.state.ClockOffset;

/// How far a node's clock is ahead of the network's, and whether that is out of bound.
public record ClockVerdict(ClockOffset offset, boolean outOfBound) {}
