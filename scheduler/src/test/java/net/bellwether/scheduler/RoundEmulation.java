package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
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

/// Plays rounds of a plan event by event, each pair with one hidden Pauli, as the rules say; shares
/// no formula with the evaluator.
final class RoundEmulation {
  private final NetworkView view;
  private final Grant grant;
  private final Plan root;
  private final SplittableRandom random;
  private long pairs;
  private final Map<Pauli, Integer> counts = new EnumMap<>(Pauli.class);

  RoundEmulation(Plan root, NetworkView view, Grant grant, long seed) {
    this.root = root;
    this.view = view;
    this.grant = grant;
    this.random = new SplittableRandom(seed);
  }

  /// A living pair: when it entered its stage at each end, and until when each half has aged.
  private static final class Pair {
    Pauli error = Pauli.I;
    double leftEntry;
    double rightEntry;
    double leftAged;
    double rightAged;
    boolean leftMeasured;
    boolean rightMeasured;
  }

  RoundEmulation run(int rounds) {
    for (int i = 0; i < rounds; i++) {
      for (Pair pair : play(root, true, true)) {
        pairs++;
        counts.merge(pair.error, 1, Integer::sum);
      }
    }
    return this;
  }

  double pairsPerRound(int rounds) {
    return pairs / (double) rounds;
  }

  BellDiagonal state() {
    double n = pairs;
    return new BellDiagonal(
        count(Pauli.I) / n, count(Pauli.X) / n, count(Pauli.Y) / n, count(Pauli.Z) / n);
  }

  private int count(Pauli pauli) {
    return counts.getOrDefault(pauli, 0);
  }

  private Pauli anyPauli() {
    return Pauli.of(random.nextBoolean(), random.nextBoolean());
  }

  /// `leftEnds` and `rightEnds`: whether that side's qubit is needed by no rule after this stage
  /// but measurement.
  private List<Pair> play(Plan plan, boolean leftEnds, boolean rightEnds) {
    List<Pair> made =
        switch (plan) {
          case Plan.Generate generate -> generate(generate);
          case Plan.Swap swap -> swap(swap, leftEnds, rightEnds);
          case Plan.Purify purify -> purify(purify);
          case Plan.Relay relay -> throw new AssertionError(relay);
        };
    for (Pair pair : made) {
      if (leftEnds && !pair.leftMeasured) {
        age(pair, true, pair.leftEntry, plan.left());
        pair.leftMeasured = true;
      }
      if (rightEnds && !pair.rightMeasured) {
        age(pair, false, pair.rightEntry, plan.right());
        pair.rightMeasured = true;
      }
    }
    return made;
  }

  private List<Pair> generate(Plan.Generate generate) {
    LinkMode mode = view.linkMode(generate.link(), generate.mode());
    int modes = (int) Math.floor(mode.multiplexing() * grant.memoryShare() + 1e-9);
    List<Pair> made = new ArrayList<>();
    for (int m = 0; m < modes; m++) {
      double u = random.nextDouble();
      double attempt = Math.ceil(Math.log1p(-u) / Math.log1p(-mode.attemptSuccessProbability()));
      double end = Math.max(1, attempt) * mode.attemptPeriodPicos();
      double herald = end + mode.heraldLatencyPicos();
      if (herald <= grant.rounds().attemptPicos()) {
        Pair pair = new Pair();
        pair.error = draw(mode.state());
        pair.leftAged = end;
        pair.rightAged = end;
        pair.leftEntry = herald;
        pair.rightEntry = herald;
        made.add(pair);
      }
    }
    made.sort(Comparator.comparingDouble(pair -> pair.leftEntry));
    return made;
  }

  private List<Pair> swap(Plan.Swap swap, boolean leftEnds, boolean rightEnds) {
    List<Pair> left = play(swap.leftPart(), leftEnds, false);
    List<Pair> right = play(swap.rightPart(), false, rightEnds);
    Operations operations = view.node(swap.at()).operations();
    List<Pair> made = new ArrayList<>();
    for (int k = 0; k < Math.min(left.size(), right.size()); k++) {
      Pair l = left.get(k);
      Pair r = right.get(k);
      double stamp = Math.max(l.rightEntry, r.leftEntry);
      age(l, false, stamp, swap.at());
      age(r, true, stamp, swap.at());
      if (random.nextDouble() >= operations.swapSuccessProbability()) {
        continue;
      }
      Pair pair = new Pair();
      pair.error =
          random.nextDouble() < operations.gateFidelity() ? l.error.times(r.error) : anyPauli();
      double flip = operations.readoutErrorProbability();
      pair.error =
          pair.error.times(Pauli.of(random.nextDouble() < flip, random.nextDouble() < flip));
      pair.leftAged = l.leftAged;
      pair.leftMeasured = l.leftMeasured;
      pair.rightAged = r.rightAged;
      pair.rightMeasured = r.rightMeasured;
      pair.leftEntry = stamp + latency(swap.left(), swap.at());
      pair.rightEntry = stamp + latency(swap.at(), swap.right());
      made.add(pair);
    }
    return made;
  }

  private List<Pair> purify(Plan.Purify purify) {
    List<Pair> input = play(purify.kept(), false, false);
    double latency = latency(purify.left(), purify.right());
    List<Pair> made = new ArrayList<>();
    for (int k = 0; k + 1 < input.size(); k += 2) {
      Pair kept = input.get(k);
      Pair sacrificed = input.get(k + 1);
      boolean leftInitiates = sacrificed.leftEntry >= sacrificed.rightEntry;
      double first = leftInitiates ? sacrificed.leftEntry : sacrificed.rightEntry;
      double own = leftInitiates ? sacrificed.rightEntry : sacrificed.leftEntry;
      double second = Math.max(first + latency, own);
      for (Pair pair : List.of(kept, sacrificed)) {
        age(pair, leftInitiates, first, leftInitiates ? purify.left() : purify.right());
        age(pair, !leftInitiates, second, leftInitiates ? purify.right() : purify.left());
      }
      if (combine(kept, sacrificed, purify)) {
        kept.leftEntry = leftInitiates ? second + latency : second;
        kept.rightEntry = leftInitiates ? second : second + latency;
        made.add(kept);
      }
    }
    return made;
  }

  private boolean combine(Pair kept, Pair sacrificed, Plan.Purify purify) {
    Operations left = view.node(purify.left()).operations();
    Operations right = view.node(purify.right()).operations();
    Pauli one = exchanged(kept.error, purify.protocol());
    Pauli two = exchanged(sacrificed.error, purify.protocol());
    boolean differ = one.x() ^ two.x();
    Pauli result = Pauli.of(one.x(), one.z() ^ two.z());
    if (random.nextDouble() >= left.gateFidelity() * right.gateFidelity()) {
      result = anyPauli();
      differ = random.nextBoolean();
    }
    differ ^= random.nextDouble() < left.readoutErrorProbability();
    differ ^= random.nextDouble() < right.readoutErrorProbability();
    kept.error = result;
    return !differ;
  }

  private static Pauli exchanged(Pauli pauli, PurificationProtocol protocol) {
    return protocol == PurificationProtocol.DEJMPS
        ? Pauli.of(pauli.x() ^ pauli.z(), pauli.z())
        : pauli;
  }

  private void age(Pair pair, boolean leftHalf, double until, NodeId node) {
    if (leftHalf ? pair.leftMeasured : pair.rightMeasured) {
      return;
    }
    double seconds = Math.max(0, until - (leftHalf ? pair.leftAged : pair.rightAged)) * 1e-12;
    Qubits memory = view.node(node).memoryQubits();
    double relaxed = (1 - Math.exp(-seconds / memory.t1Seconds())) / 4;
    double dephased = (1 - Math.exp(-seconds / memory.t2Seconds())) / 2 - relaxed;
    double u = random.nextDouble();
    if (u < relaxed) {
      pair.error = pair.error.times(Pauli.X);
    } else if (u < 2 * relaxed) {
      pair.error = pair.error.times(Pauli.Y);
    } else if (u < 2 * relaxed + dephased) {
      pair.error = pair.error.times(Pauli.Z);
    }
    if (leftHalf) {
      pair.leftAged = until;
    } else {
      pair.rightAged = until;
    }
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

  /// Along the path of the whole plan, link by link.
  private double latency(NodeId from, NodeId to) {
    List<Plan.Generate> links = new ArrayList<>();
    collect(root, links);
    double total = 0;
    boolean inside = false;
    for (Plan.Generate link : links) {
      inside |= link.left().equals(from);
      if (inside) {
        total += view.linkMode(link.link(), link.mode()).classicalLatencyPicos();
      }
      inside &= !link.right().equals(to);
    }
    return total;
  }

  private static void collect(Plan plan, List<Plan.Generate> links) {
    switch (plan) {
      case Plan.Generate generate -> links.add(generate);
      case Plan.Swap swap -> {
        collect(swap.leftPart(), links);
        collect(swap.rightPart(), links);
      }
      case Plan.Purify purify -> collect(purify.kept(), links);
      case Plan.Relay relay -> throw new AssertionError(relay);
    }
  }
}
