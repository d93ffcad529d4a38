package net.bellwether.benchmarks.baseline;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// A Werner pair that can be made: its cost, its w = (4F − 1) / 3, and how.
sealed interface Pair {
  double cost();

  double w();

  /// The plan that makes it.
  Plan plan();

  default double fidelity() {
    return (3 * w() + 1) / 4;
  }

  record Elementary(double cost, double w, LinkMode mode, NodeId left) implements Pair {
    @Override
    public Plan plan() {
      return new Plan.Generate(mode.link(), mode.mode(), left, mode.peerOf(left));
    }
  }

  record Swapped(double cost, double w, Pair leftPart, Pair rightPart, NodeId at) implements Pair {
    @Override
    public Plan plan() {
      return new Plan.Swap(leftPart.plan(), rightPart.plan(), at);
    }
  }

  record Purified(double cost, double w, Pair kept, Pair sacrificed) implements Pair {
    @Override
    public Plan plan() {
      return new Plan.Purify(kept.plan(), sacrificed.plan(), PurificationProtocol.BBPSSW);
    }
  }
}
