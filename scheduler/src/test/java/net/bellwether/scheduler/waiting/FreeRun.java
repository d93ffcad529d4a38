package net.bellwether.scheduler.waiting;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;

/// Plays a plan pair by pair, each with one hidden Pauli, one mode for each of its pairs; shares no
/// formula with what it checks.
final class FreeRun {
  private final NetworkView view;
  private final double cutoffSeconds;
  private final SplittableRandom random;
  private final Map<Pauli, Integer> counts = new EnumMap<>(Pauli.class);
  private double sumSeconds;
  private double sumSquares;
  private int runs;

  FreeRun(NetworkView view, double cutoffSeconds, long seed) {
    this.view = view;
    this.cutoffSeconds = cutoffSeconds;
    this.random = new SplittableRandom(seed);
  }

  private record Pair(double seconds, Pauli error) {}

  FreeRun run(Plan plan, int times) {
    for (int i = 0; i < times; i++) {
      Pair pair = play(plan, 0);
      sumSeconds += pair.seconds;
      sumSquares += pair.seconds * pair.seconds;
      counts.merge(pair.error, 1, Integer::sum);
      runs++;
    }
    return this;
  }

  double meanSeconds() {
    return sumSeconds / runs;
  }

  /// Standard deviation of the mean.
  double deviationOfMean() {
    double mean = meanSeconds();
    return Math.sqrt((sumSquares / runs - mean * mean) / runs);
  }

  double share(Pauli error) {
    return counts.getOrDefault(error, 0) / (double) runs;
  }

  private Pair play(Plan plan, double start) {
    return switch (plan) {
      case Plan.Generate generate -> generate(generate, start);
      case Plan.Swap swap -> untilDone(swap, swap.leftPart(), swap.rightPart(), start);
      case Plan.Purify purify -> untilDone(purify, purify.kept(), purify.sacrificed(), start);
      case Plan.Relay relay -> throw new AssertionError(relay);
    };
  }

  private Pair generate(Plan.Generate generate, double start) {
    LinkMode mode = view.linkMode(generate.link(), generate.mode());
    int attempts = 1;
    while (random.nextDouble() >= mode.attemptSuccessProbability()) {
      attempts++;
    }
    double herald = mode.heraldLatencyPicos() * 1e-12;
    double seconds = start + attempts * mode.attemptPeriodPicos() * 1e-12 + herald;
    return new Pair(seconds, aged(draw(mode.state()), herald, generate));
  }

  private Pair untilDone(Plan plan, Plan one, Plan other, double start) {
    double now = start;
    while (true) {
      Pair a = play(one, now);
      Pair b = play(other, now);
      double later = Math.max(a.seconds, b.seconds);
      double earlier = Math.min(a.seconds, b.seconds);
      double news = news(plan, one, other);
      if (later - earlier > cutoffSeconds + 1e-9) {
        now = earlier + cutoffSeconds + news;
        continue;
      }
      Pauli left = aged(a.error, later - a.seconds, one);
      Pauli right = aged(b.error, later - b.seconds, other);
      now = later + news;
      Pauli[] made = {Pauli.I};
      boolean succeeded =
          plan instanceof Plan.Swap swap
              ? swap(swap.at(), left, right, made)
              : purify((Plan.Purify) plan, left, right, made);
      if (succeeded) {
        return new Pair(now, aged(made[0], news, plan));
      }
    }
  }

  private boolean swap(NodeId at, Pauli left, Pauli right, Pauli[] made) {
    Operations operations = view.node(at).operations();
    made[0] = random.nextDouble() < operations.gateFidelity() ? left.times(right) : any();
    made[0] =
        made[0].times(
            Pauli.of(
                random.nextDouble() < operations.readoutErrorProbability(),
                random.nextDouble() < operations.readoutErrorProbability()));
    return random.nextDouble() < operations.swapSuccessProbability();
  }

  private boolean purify(Plan.Purify plan, Pauli kept, Pauli sacrificed, Pauli[] made) {
    Operations left = view.node(plan.left()).operations();
    Operations right = view.node(plan.right()).operations();
    Pauli one = exchanged(kept, plan.protocol());
    Pauli two = exchanged(sacrificed, plan.protocol());
    boolean agree = one.x() == two.x();
    made[0] = Pauli.of(one.x(), one.z() ^ two.z());
    if (random.nextDouble() >= left.gateFidelity() * right.gateFidelity()) {
      made[0] = any();
      agree = random.nextBoolean();
    }
    agree ^= random.nextDouble() < left.readoutErrorProbability();
    agree ^= random.nextDouble() < right.readoutErrorProbability();
    return agree;
  }

  private static Pauli exchanged(Pauli pauli, PurificationProtocol protocol) {
    return protocol == PurificationProtocol.DEJMPS
        ? Pauli.of(pauli.x() ^ pauli.z(), pauli.z())
        : pauli;
  }

  private double news(Plan plan, Plan one, Plan other) {
    double first = across(one);
    double second = across(other);
    return plan instanceof Plan.Swap || first >= second ? Math.max(first, second) : second;
  }

  private double across(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate ->
          view.linkMode(generate.link(), generate.mode()).classicalLatencyPicos() * 1e-12;
      case Plan.Swap swap -> across(swap.leftPart()) + across(swap.rightPart());
      case Plan.Purify purify -> Math.max(across(purify.kept()), across(purify.sacrificed()));
      case Plan.Relay relay -> throw new AssertionError(relay);
    };
  }

  private Pauli aged(Pauli error, double seconds, Plan plan) {
    return aged(aged(error, seconds, plan.left()), seconds, plan.right());
  }

  private Pauli aged(Pauli error, double seconds, NodeId node) {
    Qubits memory = view.node(node).memoryQubits();
    double flip = (1 - Math.exp(-seconds / memory.t1Seconds())) / 4;
    double dephase = (1 - Math.exp(-seconds / memory.t2Seconds())) / 2 - flip;
    double u = random.nextDouble();
    if (u < flip) {
      return error.times(Pauli.X);
    }
    if (u < 2 * flip) {
      return error.times(Pauli.Y);
    }
    return u < 2 * flip + dephase ? error.times(Pauli.Z) : error;
  }

  private Pauli draw(BellDiagonal state) {
    double u = random.nextDouble();
    for (Pauli pauli : Pauli.values()) {
      u -= state.probability(pauli);
      if (u < 0) {
        return pauli;
      }
    }
    return Pauli.I;
  }

  private Pauli any() {
    return Pauli.of(random.nextBoolean(), random.nextBoolean());
  }
}
