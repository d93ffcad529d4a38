package net.bellwether.simulation.agreement;

import net.bellwether.scheduler.Evaluation;
import net.bellwether.simulation.PlanSimulation;
import net.bellwether.simulation.SimulationReport;
import net.bellwether.simulation.tally.Estimate;

/// What was predicted for one plan, and what the emulation delivered.
record Comparison(PlanCase plan, SimulationReport report) {
  /// How far rates may differ, as a part of the predicted one.
  static final double RATE_TOLERANCE = 0.03;

  static final double FIDELITY_TOLERANCE = 0.003;

  /// A statistical error that one figure in sixteen thousand passes.
  static final double SIGMAS = 4;

  /// Statistical errors to reach: of the rate, as a part of it, and of the fidelity.
  private static final double RATE_ERROR = 0.01;

  private static final double FIDELITY_ERROR = 0.001;

  private static final long FIRST_FRAMES = 10;

  /// An hour of virtual time.
  private static final long FRAMES_MAX = 36_000;

  /// Runs until the statistical errors are small enough, or more than `pairsMax` elementary pairs
  /// have been made.
  static Comparison of(PlanCase plan, long pairsMax, long seed) {
    PlanSimulation simulation = PlanSimulation.of(plan.network(), plan.plan(), plan.grant(), seed);
    Comparison comparison = new Comparison(plan, simulation.report());
    while (!comparison.isPrecise() && comparison.report.frames() < FRAMES_MAX) {
      long made = simulation.elementaryPairCount();
      if (made >= pairsMax) {
        break;
      }
      long frames = Math.max(FIRST_FRAMES, comparison.report.frames());
      double pairsPerFrame = (double) made / comparison.report.frames();
      long affordable = (long) ((pairsMax - made) / Math.max(1e-9, pairsPerFrame)) + 1;
      simulation.advance(Math.min(frames, affordable));
      comparison = new Comparison(plan, simulation.report());
    }
    return comparison;
  }

  /// Whether the statistical errors are as small as was aimed at.
  boolean isPrecise() {
    return rateError() < RATE_ERROR && report.fidelity().standardError() < FIDELITY_ERROR;
  }

  private Evaluation predicted() {
    return report.predicted();
  }

  private double rateError() {
    Estimate rate = report.pairsPerSecond();
    return rate.standardError() > 0
        ? rate.standardError() / predicted().pairsPerSecond()
        : Double.POSITIVE_INFINITY;
  }

  /// As a part of the predicted rate.
  double rateDeviation() {
    return report.pairsPerSecond().value() / predicted().pairsPerSecond() - 1;
  }

  double fidelityDeviation() {
    return report.fidelity().value() - predicted().state().fidelity();
  }

  boolean rateAgrees() {
    return Math.abs(rateDeviation()) <= RATE_TOLERANCE + SIGMAS * rateError();
  }

  boolean fidelityAgrees() {
    return Math.abs(fidelityDeviation())
        <= FIDELITY_TOLERANCE + SIGMAS * report.fidelity().standardError();
  }

  boolean agrees() {
    return rateAgrees() && fidelityAgrees();
  }
}
