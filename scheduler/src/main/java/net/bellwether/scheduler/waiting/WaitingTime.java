package net.bellwether.scheduler.waiting;

import static net.bellwether.scheduler.waiting.Arrivals.MASS;
import static net.bellwether.scheduler.waiting.Arrivals.X;
import static net.bellwether.scheduler.waiting.Arrivals.Y;
import static net.bellwether.scheduler.waiting.Arrivals.Z;

import java.util.OptionalDouble;
import net.bellwether.topology.physics.BellDiagonal;

/// The time T that one pair of a plan takes, and its state at delivery, on a grid of times that
/// ends somewhere: `lostProbability` is that of a later T. Immutable; safe for any number of
/// threads.
public final class WaitingTime {
  /// The sum of a distribution misses 1 by as much even if nothing is lost.
  private static final double ROUNDING = 1e-12;

  private final Arrivals arrivals;
  private final Grid grid;
  private final double stepSeconds;
  private final double lost;
  private final double meanSeconds;
  private final double extrapolatedSeconds;
  private final BellDiagonal state;

  WaitingTime(Arrivals arrivals, Grid grid) {
    this.arrivals = arrivals;
    this.grid = grid;
    this.stepSeconds = grid.stepSeconds();
    double[] mass = arrivals.cells()[MASS];
    double total = 0;
    double moment = 0;
    for (int t = 0; t < mass.length; t++) {
      total += mass[t];
      moment += t * mass[t];
    }
    this.lost = 1 - total < ROUNDING ? 0 : 1 - total;
    double beyond = lost * (mass.length + meanBeyondSteps());
    this.extrapolatedSeconds = beyond * stepSeconds;
    this.meanSeconds = moment * stepSeconds + extrapolatedSeconds;
    double[][] cells = arrivals.cells();
    this.state = Arrivals.state(total, sum(cells[X]), sum(cells[Y]), sum(cells[Z]));
  }

  Grid grid() {
    return grid;
  }

  /// Mean of T. What lies beyond the grid is taken to fall off as it does over its last quarter.
  public double meanSeconds() {
    return meanSeconds;
  }

  /// The part of the mean that comes from beyond the grid.
  public double extrapolatedSeconds() {
    return extrapolatedSeconds;
  }

  /// Probability that T lies beyond the grid.
  public double lostProbability() {
    return lost;
  }

  /// Distance of two instants of the grid.
  public double stepSeconds() {
    return stepSeconds;
  }

  /// Pairs a second where each is begun when the one before is delivered.
  public double pairsPerSecond() {
    return 1 / meanSeconds;
  }

  /// Mean state of a delivered pair, of those within the grid.
  public BellDiagonal state() {
    return state;
  }

  /// Pr\[T ≤ seconds\].
  public double probabilityWithin(double seconds) {
    double sum = 0;
    for (int t = 0; t <= lastInstant(seconds); t++) {
      sum += arrivals.cells()[MASS][t];
    }
    return Math.min(1, sum);
  }

  /// Mean state of a pair that is delivered at the last instant up to `seconds`; maximally mixed
  /// where none is.
  public BellDiagonal stateAt(double seconds) {
    int t = lastInstant(seconds);
    double[][] cells = arrivals.cells();
    return t < 0
        ? BellDiagonal.MIXED
        : Arrivals.state(cells[MASS][t], cells[X][t], cells[Y][t], cells[Z][t]);
  }

  /// The first instant by which a pair has come with `probability`; empty beyond the grid.
  public OptionalDouble findQuantileSeconds(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("probability (" + probability + ") must be in [0, 1)");
    }
    double sum = 0;
    for (int t = 0; t < arrivals.steps(); t++) {
      sum += arrivals.cells()[MASS][t];
      if (sum >= probability) {
        return OptionalDouble.of(t * stepSeconds);
      }
    }
    return OptionalDouble.empty();
  }

  private int lastInstant(double seconds) {
    // Products of a step and a whole number must find that instant again.
    return (int) Math.min(arrivals.steps() - 1.0, Math.floor(seconds / stepSeconds + 1e-9));
  }

  /// Steps that T takes on average beyond the end of the grid, if it gets there.
  private double meanBeyondSteps() {
    double[] mass = arrivals.cells()[MASS];
    int from = mass.length - mass.length / 4;
    double quarter = 0;
    for (int t = from; t < mass.length; t++) {
      quarter += mass[t];
    }
    double endsWithinStep =
        -StrictMath.expm1(StrictMath.log(lost / (lost + quarter)) / (mass.length - from));
    return endsWithinStep > 0 ? 1 / endsWithinStep - 1 : 0;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
