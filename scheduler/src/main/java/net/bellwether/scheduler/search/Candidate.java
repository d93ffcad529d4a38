package net.bellwether.scheduler.search;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.physics.BellDiagonal;

/// A plan and its fluid figures. `value` is what was maximised: pairs or key bits a second.
/// `memoryShare` is the part of its links' modes for which the nodes on its path have qubits.
public record Candidate(
    Plan plan, double memoryShare, double pairsPerSecond, BellDiagonal state, double value) {}
