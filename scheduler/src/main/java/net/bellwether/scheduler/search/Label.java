package net.bellwether.scheduler.search;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;

/// A way to make pairs over a span of a path: fluid rate, state, and how often it was purified on
/// this very span. Plans are built from labels only where they are wanted.
record Label(double pairsPerSecond, BellDiagonal state, int purifications, Making making) {

  sealed interface Making {
    record Generated(Plan.Generate plan) implements Making {}

    record Swapped(Label left, Label right, NodeId at) implements Making {}

    record Purified(Label input, PurificationProtocol protocol) implements Making {}
  }

  Plan plan() {
    return switch (making) {
      case Making.Generated generated -> generated.plan();
      case Making.Swapped swapped ->
          new Plan.Swap(swapped.left().plan(), swapped.right().plan(), swapped.at());
      case Making.Purified purified -> {
        Plan input = purified.input().plan();
        yield new Plan.Purify(input, input, purified.protocol());
      }
    };
  }

  /// Whether this can stand in for `other` anywhere: it is at least as fast, and its state becomes
  /// the other's by local noise. That is, other = noise * this for a distribution `noise` of
  /// Paulis; correlations divide where Paulis convolve.
  boolean dominates(Label other) {
    if (pairsPerSecond < other.pairsPerSecond * (1 - 1e-12)) {
      return false;
    }
    double x = quotient(xx(other.state), xx(state));
    double y = quotient(yy(other.state), yy(state));
    double z = quotient(zz(other.state), zz(state));
    return 1 + x + y + z >= -TOLERANCE
        && 1 + x - y - z >= -TOLERANCE
        && 1 - x + y - z >= -TOLERANCE
        && 1 - x - y + z >= -TOLERANCE;
  }

  private static final double TOLERANCE = 1e-9;

  private static double quotient(double other, double mine) {
    if (Math.abs(mine) > 1e-12) {
      return other / mine;
    }
    // Noise cannot bring back a correlation that is gone.
    return Math.abs(other) > 1e-12 ? Double.NaN : 0;
  }

  private static double xx(BellDiagonal state) {
    return state.i() + state.x() - state.y() - state.z();
  }

  private static double yy(BellDiagonal state) {
    return state.i() + state.y() - state.x() - state.z();
  }

  private static double zz(BellDiagonal state) {
    return state.i() + state.z() - state.x() - state.y();
  }
}
