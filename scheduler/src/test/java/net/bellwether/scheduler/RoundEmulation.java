package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;

/// Plays rounds of a plan event by event, each pair with one hidden Pauli, as the rules say; shares
/// no formula with the evaluator.
final class RoundEmulation {
  private final NetworkView view;
  private final Grant grant;
  private final Plan root;
  private final SplittableRandom random;

  /// What the rules say of attempts, by stage, and of who initiates purifications.
  private final Map<Integer, Rule.Attempt> attempts = new HashMap<>();

  private final Set<PurifyAt> purifyRules = new HashSet<>();

  private record PurifyAt(NodeId node, Rule.Purify rule) {}

  /// Stages are numbered in the order in which they are played.
  private int stage;

  private long pairs;
  private final Map<Pauli, Integer> counts = new EnumMap<>(Pauli.class);

  RoundEmulation(Plan root, NetworkView view, Grant grant, long seed) {
    this.root = root;
    this.view = view;
    this.grant = grant;
    this.random = new SplittableRandom(seed);
    BasisPolicy bases = new BasisPolicy.RandomBases(0.5, 20);
    RuleCompiler.compile(FlowId.of("emulated"), 1, root, grant, view, bases)
        .values()
        .forEach(rules -> rules.rules().forEach(rule -> learn(rules.node(), rule)));
  }

  private void learn(NodeId node, Rule rule) {
    switch (rule) {
      case Rule.Attempt attempt -> attempts.put(attempt.stage(), attempt);
      case Rule.Purify purify -> purifyRules.add(new PurifyAt(node, purify));
      case Rule.Swap _, Rule.Measure _, Rule.Deliver _, Rule.Keep _ -> {}
    }
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
      stage = 0;
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
    stage++;
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
    int modes = Objects.requireNonNull(attempts.get(stage)).multiplexing();
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
    List<Pair> first = play(purify.kept(), false, false);
    boolean nested = purify.kept().equals(purify.sacrificed());
    List<Pair> second = nested ? first : play(purify.sacrificed(), false, false);
    boolean leftInitiates =
        purifyRules.stream()
            .anyMatch(at ->
                at.rule().outputStage() == stage
                    && at.rule().initiator()
                    && at.node().equals(purify.left()));
    List<Pair> made = new ArrayList<>();
    int tries = nested ? first.size() / 2 : Math.min(first.size(), second.size());
    for (int k = 0; k < tries; k++) {
      Pair kept = first.get(nested ? 2 * k : k);
      Pair sacrificed = second.get(nested ? 2 * k + 1 : k);
      if (purify(purify, leftInitiates, kept, sacrificed)) {
        made.add(kept);
      }
    }
    return made;
  }

  private boolean purify(Plan.Purify purify, boolean leftInitiates, Pair kept, Pair sacrificed) {
    double latency = latency(purify.left(), purify.right());
    double left = Math.max(kept.leftEntry, sacrificed.leftEntry);
    double right = Math.max(kept.rightEntry, sacrificed.rightEntry);
    double asked = leftInitiates ? left : right;
    double answered = Math.max(asked + latency, leftInitiates ? right : left);
    for (Pair pair : List.of(kept, sacrificed)) {
      age(pair, leftInitiates, asked, leftInitiates ? purify.left() : purify.right());
      age(pair, !leftInitiates, answered, leftInitiates ? purify.right() : purify.left());
    }
    kept.leftEntry = leftInitiates ? answered + latency : answered;
    kept.rightEntry = leftInitiates ? answered : answered + latency;
    return combine(kept, sacrificed, purify);
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

  /// The shortest way over the links of the plan.
  private double latency(NodeId from, NodeId to) {
    List<LinkMode> links = new ArrayList<>();
    collect(root, links);
    Map<NodeId, Double> reached = new HashMap<>(Map.of(from, 0.0));
    for (int i = 0; i < links.size(); i++) {
      for (LinkMode link : links) {
        reach(link.a(), link.b(), (double) link.classicalLatencyPicos(), reached);
        reach(link.b(), link.a(), (double) link.classicalLatencyPicos(), reached);
      }
    }
    return Objects.requireNonNull(reached.get(to));
  }

  private static void reach(NodeId from, NodeId to, double picos, Map<NodeId, Double> reached) {
    Double at = reached.get(from);
    if (at != null) {
      reached.merge(to, at + picos, Math::min);
    }
  }

  private void collect(Plan plan, List<LinkMode> links) {
    switch (plan) {
      case Plan.Generate generate -> links.add(view.linkMode(generate.link(), generate.mode()));
      case Plan.Swap swap -> {
        collect(swap.leftPart(), links);
        collect(swap.rightPart(), links);
      }
      case Plan.Purify purify -> {
        collect(purify.kept(), links);
        collect(purify.sacrificed(), links);
      }
      case Plan.Relay relay -> throw new AssertionError(relay);
    }
  }
}
