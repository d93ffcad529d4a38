package net.bellwether.scheduler;

import net.bellwether.topology.rules.Rounds;

/// What a flow holds of the network: its rounds in every frame (the share of time on each link of
/// its plan, exclusively) and `memoryShare`, the part in (0, 1] of each link's multiplexed modes it
/// may use.
public record Grant(Rounds rounds, double memoryShare) {}
