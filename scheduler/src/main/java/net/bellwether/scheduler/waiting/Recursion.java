package net.bellwether.scheduler.waiting;

import static net.bellwether.scheduler.waiting.Arrivals.COMPONENTS;
import static net.bellwether.scheduler.waiting.Arrivals.MASS;
import static net.bellwether.scheduler.waiting.Arrivals.X;
import static net.bellwether.scheduler.waiting.Arrivals.Y;
import static net.bellwether.scheduler.waiting.Arrivals.Z;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// From the leaves of a plan to its root: when the pair of each sub-plan comes, and how
/// \[brand2020; with cutoffs li2021\]. Each operation has both its parts made at once, waits for
/// the later one and, where it fails, starts both anew when the farthest end has learnt of it.
/// Beyond the papers: Bell-diagonal in place of Werner states, noisy operations, and the travel of
/// messages.
record Recursion(NetworkView view, Copies copies, Cutoffs cutoffs, Grid grid) {

  Arrivals arrivals(Plan plan) {
    return made(plan).arrivals();
  }

  /// `level` as [Cutoffs] counts it.
  private record Made(Arrivals arrivals, int level) {}

  private Made made(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate -> new Made(generated(generate), 0);
      case Plan.Swap swap -> swapped(swap);
      case Plan.Purify purify -> purified(purify);
      case Plan.Relay relay -> throw new IllegalStateException("relay at " + relay.at());
    };
  }

  private Arrivals generated(Plan.Generate generate) {
    var mode = view.linkMode(generate.link(), generate.mode());
    long herald = mode.heraldLatencyPicos();
    return Arrivals.of(
            Arrivals.later(copies.first(mode).on(grid), grid.stepsOf(herald)), mode.state())
        .times(fading(generate).kept(herald * 1e-12));
  }

  private Made swapped(Plan.Swap swap) {
    Made left = made(swap.leftPart());
    Made right = made(swap.rightPart());
    int level = 1 + Math.max(left.level, right.level);
    Meeting meeting = meeting(swap.leftPart(), left, swap.rightPart(), right, level);
    Operations operations = operations(swap.at());
    double success = operations.swapSuccessProbability();
    double[][] done = new double[COMPONENTS][];
    for (int c = 0; c < COMPONENTS; c++) {
      done[c] = meeting.product(c, c);
    }
    double[] failed = sum(meeting.givenUp(), 1, done[MASS], 1 - success);
    Arrivals swapped = new Arrivals(done).times(noise(operations));
    return new Made(untilDone(swap, swapped, failed, new News(view).picos(swap)), level);
  }

  /// Success, depolarisation, and the mis-correction of two readouts that flip with ε each
  /// \[dur1999\], on mass and correlations.
  private static double[] noise(Operations operations) {
    double success = operations.swapSuccessProbability();
    double once =
        success * operations.gateFidelity() * (1 - 2 * operations.readoutErrorProbability());
    return new double[] {
      success, once, once * (1 - 2 * operations.readoutErrorProbability()), once
    };
  }

  /// The check compares the bit flips of both pairs, the kept pair takes on both phase flips
  /// \[bbpssw1996, dejmps1996\], in terms of correlations; DEJMPS first exchanges Y and Z.
  private Made purified(Plan.Purify purify) {
    Made kept = made(purify.kept());
    Made sacrificed = made(purify.sacrificed());
    int level = 1 + Math.max(kept.level, sacrificed.level);
    Meeting pairs = meeting(purify.kept(), kept, purify.sacrificed(), sacrificed, level);
    Operations left = operations(purify.left());
    Operations right = operations(purify.right());
    double gates = left.gateFidelity() * right.gateFidelity();
    double readouts =
        (1 - 2 * left.readoutErrorProbability()) * (1 - 2 * right.readoutErrorProbability());
    boolean exchange = purify.protocol() == PurificationProtocol.DEJMPS;
    int y = exchange ? Z : Y;
    int z = exchange ? Y : Z;

    double g = gates / 2;
    double r = g * readouts;
    double[] met = pairs.product(MASS, MASS);
    double[][] done = new double[COMPONENTS][];
    done[MASS] = sum(met, 0.5, pairs.product(z, z), r);
    done[X] = sum(pairs.product(X, X), g, pairs.product(y, y), r);
    done[Y] = sum(pairs.product(y, X), g, pairs.product(X, y), r);
    done[Z] = sum(pairs.product(z, MASS), g, pairs.product(MASS, z), r);
    double[] failed = sum(pairs.givenUp(), 1, sum(met, 1, done[MASS], -1), 1);
    return new Made(
        untilDone(purify, new Arrivals(done), failed, new News(view).picos(purify)), level);
  }

  private Meeting meeting(Plan left, Made leftMade, Plan right, Made rightMade, int level) {
    return new Meeting(
        leftMade.arrivals,
        fading(left).kept(grid.stepSeconds()),
        rightMade.arrivals,
        fading(right).kept(grid.stepSeconds()),
        grid.stepsWithin(cutoffs.seconds(level)));
  }

  /// The new pair's halves decay while the news travels.
  private Arrivals untilDone(Plan plan, Arrivals done, double[] failed, long newsPicos) {
    double steps = grid.stepsOf(newsPicos);
    done.times(fading(plan).kept(newsPicos * 1e-12));
    return new Trial(done.later(steps), Arrivals.later(failed, steps)).untilDone();
  }

  private Fading fading(Plan plan) {
    return Fading.of(view.node(plan.left()).memoryQubits())
        .and(Fading.of(view.node(plan.right()).memoryQubits()));
  }

  private Operations operations(NodeId node) {
    return view.node(node).operations();
  }

  private static double[] sum(double[] a, double weightA, double[] b, double weightB) {
    double[] sum = new double[a.length];
    for (int t = 0; t < sum.length; t++) {
      sum[t] = weightA * a[t] + weightB * b[t];
    }
    return sum;
  }
}
