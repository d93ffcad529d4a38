package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// What one node does with pairs: a state machine over rule sets, heralds, device outcomes and
/// peers' messages. Every input appends what follows from it to the {@link Effects} before it
/// returns.
///
/// Not safe for use by several threads. The same inputs and random numbers give the same effects. A
/// pair is only handled by the generation it was heralded under, at most once, and never after its
/// round is settled; memory is bounded by the limits below.
public final class RuleEngine {
  /// A round is settled once the device has told of everything until this long after its end: time
  /// enough for messages between nodes, and half of what devices accept as late stamps.
  public static final long SETTLE_PICOS = 2 * NetworkTime.PICOS_PER_SECOND;

  /// Sessions and link tests at one node.
  public static final int FLOWS_MAX = 2048;

  /// Of one flow: in force, next, and some that are ending.
  public static final int GENERATIONS_PER_FLOW_MAX = 8;

  /// Live pairs; 1.1 s of 200,000 heralds a second.
  static final int LIVE_PAIRS_MAX = 220_000;

  /// Messages kept because their pair is not here yet.
  static final int HELD_MESSAGES_MAX = 50_000;

  /// Rounds open in one generation: 3 s of the shortest sensible rounds, 50 microseconds.
  static final int OPEN_ROUNDS_MAX = 60_000;

  /// How far a peer's message may be ahead of the device's last report.
  static final long AHEAD_FRAMES_MAX = 50;

  private final Bench bench;
  private final Keeper keeper;
  private final Generations generations = new Generations();
  private final List<FlowCount> lastCounts = new ArrayList<>();
  private Map<LinkId, AttemptTiming> timings = Map.of();
  private boolean attached;
  private int qubitCount;
  private long qubitFaultCount;

  private NetworkTime complete = NetworkTime.startOfFrame(0);
  private NetworkTime settled = NetworkTime.startOfFrame(0);

  /// `bootEpoch` is durable and rises at every start of the node, so that the pairs it names are
  /// named once; `random` draws measurement bases.
  public RuleEngine(NodeId node, long bootEpoch, RandomGenerator random, Effects effects) {
    this.bench = new Bench(node, bootEpoch, random, effects);
    this.keeper = new Keeper(bench);
  }

  /// Installs a rule set without running it. Repeating it changes nothing.
  public Installation prepare(RuleSet ruleSet) {
    if (!ruleSet.node().equals(bench.node)) {
      return new Installation.Refused(
          "rule set is for node " + ruleSet.node() + ", this is " + bench.node);
    }
    NavigableMap<Long, Generation> ofFlow = generations.of(ruleSet.flow());
    Generation same = ofFlow.get(ruleSet.generation());
    if (same != null) {
      return same.program.ruleSet().equals(ruleSet) && !same.isDraining()
          ? new Installation.Accepted()
          : new Installation.Refused(
              name(ruleSet) + " is installed with other rules, or being removed");
    }
    if (generations.flowCount() >= FLOWS_MAX && ofFlow.isEmpty()) {
      return new Installation.Refused("flows must be at most " + FLOWS_MAX);
    }
    Generation prepared;
    try {
      prepared = new Generation(new Program(ruleSet));
    } catch (IllegalArgumentException e) {
      return new Installation.Refused(String.valueOf(e.getMessage()));
    }
    if (ofFlow.size() >= GENERATIONS_PER_FLOW_MAX
        && !forgetPassedOver(ofFlow.headMap(ruleSet.generation(), false))) {
      return new Installation.Refused(
          "generations of flow " + ruleSet.flow() + " must be at most " + GENERATIONS_PER_FLOW_MAX);
    }
    generations.add(prepared);
    return new Installation.Accepted();
  }

  /// Forgets the oldest generation that was never activated; whether there was one. The controller
  /// only ever activates the newest, and while a peer is away it may replace that many times.
  private boolean forgetPassedOver(NavigableMap<Long, Generation> older) {
    for (Generation generation : older.values()) {
      if (!generation.isActive()) {
        forget(generation);
        return true;
      }
    }
    return false;
  }

  private static String name(RuleSet ruleSet) {
    return "generation " + ruleSet.generation() + " of flow " + ruleSet.flow();
  }

  /// Runs a prepared generation from `frame` on; older generations of the flow end there. Repeating
  /// it changes nothing.
  public Installation activate(FlowId flow, long generation, long frame) {
    Generation chosen = generations.find(flow, generation);
    if (chosen == null || chosen.isDraining()) {
      return new Installation.Refused(
          "generation " + generation + " of flow " + flow + " is not prepared");
    }
    if (frame < 1) {
      return new Installation.Refused("frame (" + frame + ") must be at least 1");
    }
    if (!chosen.isActive()) {
      if (generations.of(flow).tailMap(generation, false).values().stream()
          .anyMatch(newer -> newer.isActive() && !newer.isDraining())) {
        return new Installation.Refused(
            "generation " + generation + " of flow " + flow + " must be newer than the active one");
      }
      // What is already under way in an older generation when the order comes late stays its own,
      // and the device is not asked for both at once.
      long ending = attached ? Math.max(frame, complete.frame() + 1) : frame;
      NavigableMap<Long, Generation> older = generations.of(flow).headMap(generation, false);
      boolean supersedes = older.values().stream().anyMatch(Generation::isActive);
      chosen.activate(supersedes ? ending : frame, complete.frame());
      older.values().forEach(each -> each.endAt(ending));
      announceSchedule();
    }
    return new Installation.Accepted();
  }

  /// Forgets generations of a flow up to `upToGeneration`: no new pairs from now on; what is under
  /// way is finished.
  public void remove(FlowId flow, long upToGeneration) {
    var upTo = generations.of(flow).headMap(upToGeneration, true);
    for (Generation generation : List.copyOf(upTo.values())) {
      if (attached && generation.isActive()) {
        // Heralds of the frame that runs now are still to come.
        generation.drainUntil(complete.frame() + 2);
      } else {
        forget(generation);
      }
    }
    announceSchedule();
  }

  /// The device is attached, and it is `now`; heralds before that may have been missed, and what it
  /// held for us is lost. Where it is earlier than it was, the clock of the device was or is wrong:
  /// what is under way is given up, and time goes on from there. `timings` is what it tells of its
  /// links, for counting attempts.
  public void attached(
      NetworkTime now, int communicationQubitCount, Map<LinkId, AttemptTiming> timings) {
    attached = true;
    qubitCount = communicationQubitCount;
    this.timings = Map.copyOf(timings);
    boolean back = now.compareTo(complete) < 0;
    complete = now;
    if (!back) {
      keeper.advance(now);
    }
    keeper.deviceLost();
    bench.pending.clear();
    for (Generation generation : generations) {
      generation.openRounds().forEach(Round::deviceLost);
      if (back) {
        generation.goBack(now.frame() + 1);
      } else {
        generation.resumeCounting(now.frame() + 1);
      }
    }
    if (back) {
      keeper.goBack(now);
      settled = beforeSettling(now);
    }
    announceSchedule();
  }

  /// The device cannot be reached: what applications held is lost to them, and what is under way on
  /// it has no outcome.
  public void detached() {
    keeper.deviceLost();
  }

  /// An application measures its half of `pair` as of now; what comes of it is told as an event.
  public void measure(PairId pair, Direction direction) {
    keeper.measure(pair, direction);
  }

  /// An application, or who waited in vain for one, gives its half of `pair` up; told as an event.
  public void release(PairId pair) {
    keeper.release(pair);
  }

  /// New pairs, per link in order of time then sequence; to be followed by `settle`.
  public void heralds(List<Herald> heralds) {
    for (Herald herald : heralds) {
      if (!enter(herald)) {
        stray(herald);
      }
    }
  }

  /// Whether it is a pair that was asked for.
  private boolean enter(Herald herald) {
    Generation generation = generations.find(herald.flow(), herald.generation());
    if (generation == null) {
      return false;
    }
    Rule.Attempt rule = generation.program.attempt(herald.stage(), herald.pair().link());
    Round round = rule == null ? null : roundOf(generation, herald);
    if (rule == null || round == null || !round.expects(rule, herald.pair())) {
      return false;
    }
    AttemptTiming timing = timings.get(rule.link());
    generation.countHerald(
        rule.stage(),
        timing == null ? 0 : timing.untilHerald(herald.time().picosSince(round.start())));
    round.herald(herald, rule);
    return true;
  }

  private @Nullable Round roundOf(Generation generation, Herald herald) {
    Rounds rounds = generation.program.ruleSet().rounds();
    NetworkTime time = herald.time();
    int index = rounds.indexAt(time);
    if (index < 0
        || index >= rounds.count()
        || !generation.covers(time.frame())
        || time.compareTo(complete) < 0
        || time.frame() > complete.frame() + AHEAD_FRAMES_MAX
        || bench.livePairCount >= LIVE_PAIRS_MAX) {
      return null;
    }
    return open(generation, rounds.start(time.frame(), index));
  }

  private void stray(Herald herald) {
    bench.strayHeraldCount++;
    bench.effects.command(
        new DeviceCommand.Release(DeviceCommand.UNTAGGED, herald.time(), herald.pair()));
  }

  private @Nullable Round open(Generation generation, NetworkTime start) {
    Round found = generation.findRound(start);
    if (found != null || generation.openRoundCount() >= OPEN_ROUNDS_MAX) {
      return found;
    }
    Round round = new Round(bench, keeper, generation, start);
    if (round.end().compareTo(settled) <= 0) {
      return null;
    }
    generation.open(round);
    return round;
  }

  /// Outcomes in order of their commands. Those of settled rounds change nothing.
  public void outcomes(List<DeviceOutcome> outcomes) {
    for (DeviceOutcome outcome : outcomes) {
      if (!outcome.done() && outcome.tag() != DeviceCommand.UNTAGGED) {
        bench.refusedCommandCount++;
      }
      Operation operation = bench.take(outcome.tag());
      if (operation == null || operation.isPast()) {
        continue;
      }
      switch (operation) {
        case Operation.Measuring measuring -> measuring.round().measured(measuring.pair(), outcome);
        case Operation.Swapping swapping -> swapping.round().swapper().swapped(swapping, outcome);
        case Operation.Purifying purifying ->
            purifying.round().purifier().purified(purifying, outcome);
        case Operation.Keeping keeping -> keeping.round().keeping().kept(keeping, outcome);
        case Operation.MeasuringKept measuring -> keeper.measured(measuring, outcome);
      }
    }
  }

  /// Messages of one peer, in the order it sent them; `sender` is who its certificate says.
  public void receive(NodeId sender, List<? extends PairMessage> messages) {
    for (PairMessage message : messages) {
      if (message instanceof PairMessage.KeepNotice notice && keeper.heard(sender, notice)) {
        continue;
      }
      PairMessage.Header header = message.header();
      Generation generation = generations.find(header.flow(), header.generation());
      Round round =
          generation != null && isPlausible(generation, header.roundStart())
              ? open(generation, header.roundStart())
              : null;
      if (round == null) {
        bench.droppedMessageCount++;
      } else {
        round.receive(sender, message);
      }
    }
  }

  private boolean isPlausible(Generation generation, NetworkTime roundStart) {
    return attached
        && generation.program.isRoundStart(roundStart)
        && roundStart.frame() <= complete.frame() + AHEAD_FRAMES_MAX;
  }

  /// The device has told of everything before `completeUntil`. Rounds that ended long enough before
  /// are settled: what they left unfinished is discarded, and superseded generations are forgotten.
  public void settle(NetworkTime completeUntil) {
    complete = NetworkTime.later(complete, completeUntil);
    keeper.advance(complete);
    settled = NetworkTime.later(settled, beforeSettling(complete));
    List<Generation> over = new ArrayList<>();
    for (Generation generation : generations) {
      generation.countFrames(complete.frame());
      generation.settle(settled);
      if (generation.isOver(settled)) {
        over.add(generation);
      }
    }
    over.forEach(this::forget);
    bench.pending.forgetSettled();
    if (!over.isEmpty()) {
      announceSchedule();
    }
  }

  private static NetworkTime beforeSettling(NetworkTime complete) {
    return complete.frame() >= SETTLE_PICOS / NetworkTime.FRAME_PICOS
        ? complete.plusPicos(-SETTLE_PICOS)
        : NetworkTime.startOfFrame(0);
  }

  private void forget(Generation generation) {
    FlowId flow = generation.program.ruleSet().flow();
    long number = generation.program.ruleSet().generation();
    generation.abandon();
    if (lastCounts.size() < FLOWS_MAX) {
      lastCounts.add(generation.takeCount(timings));
    }
    generations.remove(generation);
    bench.effects.forget(flow, number);
  }

  private void announceSchedule() {
    bench.effects.schedule(requests());
  }

  /// The standing requests to the device, as of now.
  public List<AttemptRequest> requests() {
    List<AttemptRequest> requests = new ArrayList<>();
    generations.forEach(generation -> requests.addAll(generation.requests()));
    return requests;
  }

  /// What is installed, by flow and generation; without what is being removed.
  public List<InstalledGeneration> installed() {
    List<InstalledGeneration> installed = new ArrayList<>();
    for (Generation generation : generations) {
      if (!generation.isDraining()) {
        installed.add(
            new InstalledGeneration(generation.program.ruleSet(), generation.activeFrom()));
      }
    }
    return installed;
  }

  /// Counts since the last call, by flow and generation.
  public List<FlowCount> takeCounts() {
    List<FlowCount> counts = new ArrayList<>(lastCounts);
    lastCounts.clear();
    generations.forEach(generation -> counts.add(generation.takeCount(timings)));
    return counts;
  }

  /// Totals, for operators.
  public EngineCount count() {
    long openRounds = 0;
    for (Generation generation : generations) {
      openRounds += generation.openRoundCount();
    }
    return new EngineCount(
        bench.strayHeraldCount,
        bench.droppedMessageCount,
        bench.refusedCommandCount,
        bench.livePairCount,
        bench.heldMessageCount,
        openRounds,
        bench.pending.count(),
        qubitFaultCount,
        bench.keptQubitCount,
        bench.keepRefusedCount,
        bench.keptExpiredCount);
  }

  /// What the node's communication qubits do, for operators: in the rounds that were under way at
  /// the last instant, before what the device has told, at which any flow ended its attempts. Where
  /// the books do not agree, or flows together hold more qubits than there are, none, and the fault
  /// is counted.
  public Optional<QubitCount> qubits() {
    try {
      return Optional.of(checkedQubits());
    } catch (IllegalStateException _) {
      qubitFaultCount++;
      return Optional.empty();
    }
  }

  /// The same; IllegalStateException says what does not agree.
  QubitCount checkedQubits() {
    NetworkTime asOf = lastInstant();
    QubitTally now = new QubitTally();
    QubitTally all = new QubitTally();
    for (Generation generation : generations) {
      generation.openRounds().forEach(round -> round.countQubits(all));
      generation.countQubits(asOf, now);
    }
    if (all.held != bench.heldQubitCount) {
      throw new IllegalStateException(
          "qubits held by pairs (%d) must be those taken and not given back (%d)"
              .formatted(all.held, bench.heldQubitCount));
    }
    long free = qubitCount - now.generating - now.holding - now.waiting;
    if (free < 0) {
      throw new IllegalStateException(
          "qubits in use (%d) must be at most the %d of the device"
              .formatted(qubitCount - free, qubitCount));
    }
    return new QubitCount(asOf, free, now.generating, now.holding, now.waiting);
  }

  private NetworkTime lastInstant() {
    NetworkTime last = NetworkTime.startOfFrame(0);
    for (Generation generation : generations) {
      last = NetworkTime.later(last, generation.lastAttempts(complete));
    }
    return last;
  }

  /// Everything before this has been reported by the device.
  public NetworkTime completeUntil() {
    return complete;
  }

  /// Pairs of rounds that ended before this are delivered or never will be.
  public NetworkTime settledUntil() {
    return settled;
  }
}
