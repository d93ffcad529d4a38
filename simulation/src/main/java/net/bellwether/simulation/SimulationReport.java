package net.bellwether.simulation;

import net.bellwether.scheduler.Evaluation;
import net.bellwether.simulation.tally.Estimate;

/// What a simulated plan achieved beside what was predicted. `fidelity` is of the pairs themselves:
/// the known readout errors of the two ends are taken out; the QBERs include them.
public record SimulationReport(
    Evaluation predicted,
    long frames,
    long pairs,
    Estimate pairsPerSecond,
    Estimate fidelity,
    Estimate qberZ,
    Estimate qberX,
    Estimate qberY) {}
