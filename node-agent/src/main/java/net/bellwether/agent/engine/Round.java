package net.bellwether.agent.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.agent.kept.KeptHalf;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
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

  private final Purifier purifier;
  private final Keeper keeper;
  private final Map<PairId, EarlyNotice> earlyNotices = new HashMap<>();

  /// Of pairs that are not finished here yet.
  private final Map<PairId, EarlyKeepNotice> earlyKeepNotices = new HashMap<>();

  private long deliveredCount;
  private boolean settled;

  private record EarlyNotice(NodeId sender, PairMessage.SwapNotice notice) {}

  private record EarlyKeepNotice(NodeId sender, PairMessage.KeepNotice notice) {}

  Round(Bench bench, Keeper keeper, Generation generation, NetworkTime start) {
    this.bench = bench;
    this.keeper = keeper;
    this.generation = generation;
    this.program = generation.program;
    this.start = start;
    this.end = start.plusPicos(program.ruleSet().rounds().periodPicos());
    this.purifier = new Purifier(this, bench, program);
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
        swapOldest(rule);
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
      case StageRole.Kept(Rule.Keep rule) -> keep(pair, rule);
      case StageRole.SwappedElsewhere() -> {
        EarlyNotice early = earlyNotices.remove(pair.id);
        if (early != null) {
          bench.heldMessageCount--;
          apply(early.sender(), early.notice(), pair);
        }
      }
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

  private void swapOldest(Rule.Swap rule) {
    ArrayDeque<HeldPair> lefts = queue(rule.leftStage());
    ArrayDeque<HeldPair> rights = queue(rule.rightStage());
    while (!lefts.isEmpty() && !rights.isEmpty()) {
      HeldPair left = lefts.remove();
      HeldPair right = rights.remove();
      NetworkTime stamp = NetworkTime.later(left.entry, right.entry);
      if (stamp.compareTo(end) > 0) {
        expire(left);
        expire(right);
        continue;
      }
      left.busy = true;
      right.busy = true;
      PairId.Swapped result = bench.nextSwapped();
      long tag = expect(new Operation.Swapping(this, rule, left, right, result, stamp));
      bench.effects.command(new DeviceCommand.Swap(tag, stamp, left.id, right.id, result));
    }
  }

  void swapped(Operation.Swapping swap, DeviceOutcome outcome) {
    boolean succeeded = outcome.done() && outcome.succeeded();
    Pauli frame = swap.left().frame.times(swap.right().frame).times(outcome.bellIndex());
    if (outcome.done()) {
      gaveUp(swap.left());
      gaveUp(swap.right());
    }
    notice(swap, swap.left(), swap.right(), frame, succeeded);
    notice(swap, swap.right(), swap.left(), frame, succeeded);
    retire(swap.left(), succeeded, swap.stamp());
    retire(swap.right(), succeeded, swap.stamp());
  }

  private void notice(
      Operation.Swapping swap, HeldPair to, HeldPair other, Pauli frame, boolean succeeded) {
    bench.effects.send(
        to.otherEnd,
        new PairMessage.SwapNotice(
            header(swap.stamp()),
            swap.rule().resultStage(),
            to.id,
            swap.result(),
            frame,
            succeeded,
            other.otherEnd));
  }

  Purifier purifier() {
    return purifier;
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

  /// The pair is finished: it goes to memory, and to the application once the peer has said the
  /// same. What the peer never confirms is given up when the round is settled.
  private void keep(HeldPair pair, Rule.Keep rule) {
    EarlyKeepNotice early = earlyKeepNotices.remove(pair.id);
    if (early != null) {
      bench.heldMessageCount--;
      hear(early.sender(), early.notice(), pair, rule);
    }
    if (pair.gone) {
      return;
    }
    if (pair.entry.compareTo(end) > 0) {
      expire(pair);
      return;
    }
    pair.busy = true;
    long tag = expect(new Operation.Keeping(this, rule, pair));
    bench.effects.command(
        new DeviceCommand.Keep(tag, pair.entry, pair.id, pair.entry.plusPicos(rule.holdPicos())));
  }

  void kept(Operation.Keeping keeping, DeviceOutcome outcome) {
    HeldPair pair = keeping.pair();
    if (pair.gone) {
      return;
    }
    if (!outcome.done()) {
      bench.keepRefusedCount++;
      discard(pair, pair.entry);
      return;
    }
    pair.busy = false;
    gaveUp(pair);
    pair.kept = true;
    bench.keptQubitCount++;
    bench.effects.send(
        keeping.rule().peer(), new PairMessage.KeepNotice(header(pair.entry), pair.id, true));
    handOverIfKeptByBoth(pair, keeping.rule());
  }

  private void handOverIfKeptByBoth(HeldPair pair, Rule.Keep rule) {
    if (!pair.kept || !pair.peerKeeps) {
      return;
    }
    deliveredCount++;
    // The memory qubit is the keeper's from now on.
    pair.kept = false;
    drop(pair);
    keeper.take(
        new Kept(
            new KeptHalf(
                program.ruleSet().flow(),
                pair.id,
                pair.frame,
                pair.entry,
                pair.entry.plusPicos(rule.holdPicos()),
                rule.prediction()),
            rule,
            header(pair.entry)));
  }

  private void receiveKeepNotice(NodeId sender, PairMessage.KeepNotice notice) {
    HeldPair pair = pairs.get(notice.pair());
    if (pair != null && program.role(pair.stage) instanceof StageRole.Kept(Rule.Keep rule)) {
      hear(sender, notice, pair, rule);
      return;
    }
    // The pair may be finished there and not yet here.
    if (bench.heldMessageCount >= RuleEngine.HELD_MESSAGES_MAX
        || earlyKeepNotices.putIfAbsent(notice.pair(), new EarlyKeepNotice(sender, notice))
            != null) {
      bench.droppedMessageCount++;
      return;
    }
    bench.heldMessageCount++;
  }

  private void hear(NodeId sender, PairMessage.KeepNotice notice, HeldPair pair, Rule.Keep rule) {
    if (!sender.equals(rule.peer())) {
      bench.droppedMessageCount++;
    } else if (notice.kept()) {
      pair.peerKeeps = true;
      handOverIfKeptByBoth(pair, rule);
    } else {
      pair.peerGone = true;
      discard(pair, pair.entry);
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
      case PairMessage.SwapNotice notice -> receiveNotice(sender, notice);
      case PairMessage.PurifyRequest request -> purifier.request(sender, request);
      case PairMessage.PurifyReply reply -> purifier.reply(sender, reply);
      case PairMessage.KeepNotice notice -> receiveKeepNotice(sender, notice);
    }
  }

  private void receiveNotice(NodeId sender, PairMessage.SwapNotice notice) {
    HeldPair pair = pairs.get(notice.consumed());
    if (pair != null
        && !pair.busy
        && program.role(pair.stage) instanceof StageRole.SwappedElsewhere) {
      apply(sender, notice, pair);
      return;
    }
    // The sender's clock may run ahead of our device's report, so the pair may still come.
    if (bench.heldMessageCount >= RuleEngine.HELD_MESSAGES_MAX
        || earlyNotices.putIfAbsent(notice.consumed(), new EarlyNotice(sender, notice)) != null) {
      bench.droppedMessageCount++;
      return;
    }
    bench.heldMessageCount++;
  }

  private void apply(NodeId sender, PairMessage.SwapNotice notice, HeldPair pair) {
    boolean credible =
        sender.equals(pair.otherEnd)
            && notice.result() instanceof PairId.Swapped swapped
            && swapped.node().equals(sender)
            && program.knowsLatencyTo(sender)
            && !pairs.containsKey(notice.result());
    if (!credible) {
      bench.droppedMessageCount++;
      return;
    }
    NetworkTime arrival = program.arrival(notice.header().stamp(), sender);
    if (!notice.succeeded()) {
      discard(pair, arrival);
      return;
    }
    pairs.remove(pair.id);
    pair.id = notice.result();
    pair.frame = notice.frame();
    pair.otherEnd = notice.otherEnd();
    pairs.put(pair.id, pair);
    enter(pair, notice.resultStage(), NetworkTime.later(arrival, pair.entry));
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
    tellGone(pair, stamp);
    drop(pair);
  }

  /// The peer releases its half of a finished pair rather than keep it in vain.
  private void tellGone(HeldPair pair, NetworkTime stamp) {
    if (!pair.peerGone && program.role(pair.stage) instanceof StageRole.Kept(Rule.Keep rule)) {
      bench.effects.send(rule.peer(), new PairMessage.KeepNotice(header(stamp), pair.id, false));
    }
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
        tellGone(pair, end);
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
    bench.heldMessageCount -= earlyNotices.size();
    bench.droppedMessageCount += earlyNotices.size();
    earlyNotices.clear();
    bench.heldMessageCount -= earlyKeepNotices.size();
    bench.droppedMessageCount += earlyKeepNotices.size();
    earlyKeepNotices.clear();
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
