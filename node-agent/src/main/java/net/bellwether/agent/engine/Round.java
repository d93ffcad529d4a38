package net.bellwether.agent.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// The pairs of one round of one generation at this node, and the rules at work on them. A pair is
/// in `pairs` from its entry until it is delivered, consumed or discarded; what is still there when
/// the round is settled has expired.
final class Round {
  private final Bench bench;
  private final Generation generation;
  private final Program program;
  private final NetworkTime start;
  private final NetworkTime end;
  private final Map<PairId, HeldPair> pairs = new LinkedHashMap<>();

  /// By stage, pairs that wait, oldest first, for a swap or for a purification that this node
  /// initiates.
  private final @Nullable ArrayDeque<HeldPair>[] queues;

  /// By stage, pairs heralded into it.
  private final int[] heraldCounts;

  private final Swapper swapper;
  private final Purifier purifier;
  private final KeepAgreement keeping;
  private long deliveredCount;
  private boolean settled;

  Round(Bench bench, Keeper keeper, Generation generation, NetworkTime start) {
    this.bench = bench;
    this.generation = generation;
    this.program = generation.program;
    this.start = start;
    this.end = start.plusPicos(program.ruleSet().rounds().periodPicos());
    this.swapper = new Swapper(this, bench, program);
    this.purifier = new Purifier(this, bench, program);
    this.keeping = new KeepAgreement(this, bench, keeper, program);
    this.heraldCounts = new int[program.stageCount()];
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable ArrayDeque<HeldPair>[] empty = new ArrayDeque[program.stageCount()];
    this.queues = empty;
  }

  NetworkTime start() {
    return start;
  }

  NetworkTime end() {
    return end;
  }

  boolean isSettled() {
    return settled;
  }

  /// Whether one more pair of `rule` is what was asked for: a mode makes one pair a round, and the
  /// same pair is not heralded twice.
  boolean expects(Rule.Attempt rule, PairId id) {
    return heraldCounts[rule.stage()] < rule.multiplexing() && !pairs.containsKey(id);
  }

  /// The pair, where it waits in `stage` and nothing has been done to it there.
  boolean isIdle(PairId id, int stage) {
    HeldPair pair = pairs.get(id);
    return pair != null && pair.stage == stage && !pair.busy;
  }

  /// Whether the pair is here and something was done to it in `stage`; numbers rise from stage to
  /// stage.
  boolean isPast(PairId id, int stage) {
    HeldPair pair = pairs.get(id);
    return pair != null && (pair.stage > stage || (pair.stage == stage && pair.busy));
  }

  @Nullable HeldPair find(PairId id) {
    return pairs.get(id);
  }

  HeldPair pair(PairId id) {
    HeldPair pair = pairs.get(id);
    if (pair == null) {
      throw new IllegalStateException("pair " + id + " must be held");
    }
    return pair;
  }

  void herald(Herald herald, Rule.Attempt rule) {
    HeldPair pair =
        new HeldPair(herald.pair(), rule.peer(), herald.bellIndex(), rule.stage(), herald.time());
    pairs.put(pair.id, pair);
    heraldCounts[rule.stage()]++;
    bench.livePairCount++;
    bench.heldQubitCount++;
    enter(pair, rule.stage(), herald.time());
  }

  void enter(HeldPair pair, int stage, NetworkTime at) {
    pair.stage = stage;
    pair.entry = at;
    pair.busy = false;
    Rule.Measure measure = program.measureAt(stage);
    if (measure != null && !measure(pair, measure.bases())) {
      return;
    }
    switch (program.role(stage)) {
      case StageRole.SwapInput(Rule.Swap rule) -> {
        queue(stage).add(pair);
        swapper.swapOldest(rule, queue(rule.leftStage()), queue(rule.rightStage()));
      }
      case StageRole.PurifyInput(Rule.Purify rule) -> {
        if (rule.initiator()) {
          queue(stage).add(pair);
          purifier.purifyOldest(rule, queue(rule.keptStage()), queue(rule.sacrificedStage()));
        } else {
          purifier.entered(rule, pair);
        }
      }
      case StageRole.Finished(Rule.Deliver rule) -> deliverIfKnown(pair, rule);
      case StageRole.Kept(Rule.Keep rule) -> keeping.entered(pair, rule);
      case StageRole.SwappedElsewhere() -> swapper.entered(pair);
    }
  }

  private ArrayDeque<HeldPair> queue(int stage) {
    ArrayDeque<HeldPair> queue = queues[stage];
    if (queue == null) {
      queue = new ArrayDeque<>();
      queues[stage] = queue;
    }
    return queue;
  }

  private boolean measure(HeldPair pair, BasisPolicy policy) {
    if (!pair.qubitHeld) {
      return true;
    }
    if (pair.entry.compareTo(end) > 0) {
      expire(pair);
      return false;
    }
    Basis basis =
        switch (policy) {
          case BasisPolicy.BySequence bySequence -> bySequence.basis(sequence(pair.id));
          case BasisPolicy.RandomBases random -> {
            pair.tomography = random.isTomography(start, program.ruleSet().rounds());
            yield pair.tomography ? Basis.Y : drawn(random);
          }
        };
    pair.basis = basis;
    gaveUp(pair);
    long tag = expect(new Operation.Measuring(this, pair));
    bench.effects.command(new DeviceCommand.Measure(tag, pair.entry, pair.id, basis));
    return true;
  }

  private Basis drawn(BasisPolicy.RandomBases policy) {
    return bench.random.nextDouble() < policy.keyBasisProbability() ? Basis.Z : Basis.X;
  }

  private static long sequence(PairId id) {
    return switch (id) {
      case PairId.Elementary elementary -> elementary.sequence();
      case PairId.Swapped swapped -> swapped.counter();
    };
  }

  Swapper swapper() {
    return swapper;
  }

  Purifier purifier() {
    return purifier;
  }

  KeepAgreement keeping() {
    return keeping;
  }

  PairMessage.Header header(NetworkTime stamp) {
    return new PairMessage.Header(
        program.ruleSet().flow(), program.ruleSet().generation(), start, stamp);
  }

  void measured(HeldPair pair, DeviceOutcome outcome) {
    if (pair.gone) {
      return;
    }
    if (!outcome.done()) {
      discard(pair, end);
      return;
    }
    pair.outcomeKnown = true;
    pair.outcome = outcome.outcome();
    if (program.role(pair.stage) instanceof StageRole.Finished(Rule.Deliver rule)) {
      deliverIfKnown(pair, rule);
    }
  }

  private void deliverIfKnown(HeldPair pair, Rule.Deliver rule) {
    Basis basis = pair.basis;
    if (!pair.outcomeKnown || basis == null) {
      return;
    }
    // Only one end corrects, or the two corrections would cancel.
    boolean corrects = bench.node.compareTo(rule.peer()) > 0;
    boolean bit = pair.outcome ^ (corrects && pair.frame.flips(basis));
    switch (rule.consumer()) {
      case KEY_DISTILLATION ->
          bench.effects.deliver(
              new DeliveredPair(
                  program.ruleSet().flow(),
                  program.ruleSet().generation(),
                  pair.id,
                  basis,
                  bit,
                  pair.entry,
                  pair.tomography));
      case LINK_TEST -> reportTest(pair, bit);
    }
    finish(pair);
  }

  /// The pair is delivered.
  void finish(HeldPair pair) {
    deliveredCount++;
    drop(pair);
  }

  private void reportTest(HeldPair pair, boolean bit) {
    if (pair.id instanceof PairId.Elementary elementary) {
      Rule.Attempt attempt = program.attempt(pair.stage, elementary.link());
      if (attempt != null) {
        bench.effects.report(new TestOutcome(elementary, attempt.mode(), bit));
      }
    }
  }

  void receive(NodeId sender, PairMessage message) {
    NetworkTime stamp = message.header().stamp();
    // A pair may be kept, and given up, after the end of its round.
    boolean late = !(message instanceof PairMessage.KeepNotice) && stamp.compareTo(end) > 0;
    if (stamp.compareTo(start) < 0 || late) {
      bench.droppedMessageCount++;
      return;
    }
    switch (message) {
      case PairMessage.SwapNotice notice -> swapper.receive(sender, notice);
      case PairMessage.PurifyRequest request -> purifier.request(sender, request);
      case PairMessage.PurifyReply reply -> purifier.reply(sender, reply);
      case PairMessage.KeepNotice notice -> keeping.receive(sender, notice);
    }
  }

  void rename(HeldPair pair, PairId name) {
    pairs.remove(pair.id);
    pair.id = name;
    pairs.put(name, pair);
  }

  long expect(Operation operation) {
    return bench.pending.add(operation);
  }

  /// The device keeps its qubit no longer.
  void gaveUp(HeldPair pair) {
    if (pair.qubitHeld) {
      pair.qubitHeld = false;
      bench.heldQubitCount--;
    }
  }

  /// The pair is no more a pair of this node: consumed by an operation that worked, or discarded.
  void retire(HeldPair pair, boolean consumed, NetworkTime at) {
    if (consumed) {
      drop(pair);
    } else {
      discard(pair, at);
    }
  }

  void discard(HeldPair pair, NetworkTime at) {
    if (pair.gone) {
      return;
    }
    NetworkTime stamp = at.compareTo(end) > 0 ? end : at;
    if (pair.qubitHeld || pair.kept) {
      bench.effects.command(new DeviceCommand.Release(DeviceCommand.UNTAGGED, stamp, pair.id));
    }
    keeping.gone(pair, stamp);
    drop(pair);
  }

  /// Too late for what comes next: discarded as at the end of its round.
  void expire(HeldPair pair) {
    generation.expiredCount++;
    discard(pair, end);
  }

  private void drop(HeldPair pair) {
    if (!pair.gone) {
      pair.gone = true;
      gaveUp(pair);
      if (pair.kept) {
        pair.kept = false;
        bench.keptQubitCount--;
      }
      pairs.remove(pair.id);
      bench.livePairCount--;
    }
  }

  /// The device has lost whatever it held: what is left are halves that were measured already.
  void deviceLost() {
    for (HeldPair pair : List.copyOf(pairs.values())) {
      if (pair.qubitHeld || !pair.outcomeKnown) {
        generation.expiredCount++;
        keeping.gone(pair, end);
        drop(pair);
      }
    }
    Arrays.fill(queues, null);
    purifier.deviceLost();
  }

  void settle() {
    for (HeldPair pair : List.copyOf(pairs.values())) {
      expire(pair);
    }
    swapper.settle();
    keeping.settle();
    purifier.settle();
    generation.deliveredCount += deliveredCount;
    settled = true;
  }

  /// Adds what the qubits do that this round may use.
  void countQubits(QubitTally tally) {
    for (Rule.Attempt attempt : program.attempts()) {
      tally.generating += attempt.multiplexing() - heraldCounts[attempt.stage()];
    }
    for (HeldPair pair : pairs.values()) {
      if (pair.qubitHeld) {
        tally.held++;
        if (pair.busy) {
          tally.waiting++;
        } else {
          tally.holding++;
        }
      } else if (!pair.outcomeKnown && !pair.kept) {
        tally.waiting++;
      }
    }
  }
}
