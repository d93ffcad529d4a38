package net.bellwether.controller.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import net.bellwether.controller.intent.Application;
import net.bellwether.controller.intent.Assessment;
import net.bellwether.controller.intent.LinkTestFlows;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.intent.Planning;
import net.bellwether.controller.intent.Review;
import net.bellwether.controller.intent.SessionDesk;
import net.bellwether.controller.intent.TopologyDesk;
import net.bellwether.controller.reconcile.Addressed;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.reconcile.Reconciler;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.KnownAgent;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.tracker.Achieved;
import net.bellwether.controller.tracker.ClockJudge;
import net.bellwether.controller.tracker.ClockVerdict;
import net.bellwether.controller.tracker.FidelityTracker;
import net.bellwether.controller.tracker.SessionTracker;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// The controller's decisions: takes inputs one at a time with the time they come at, commits what
/// must not be forgotten before anybody hears of it, and answers the orders for agents that follow.
/// Knows no socket, thread or clock; belongs to the one writer. Times are monotonic milliseconds.
///
/// An IllegalStateException of the journal leaves the decision unmade; `reload` then takes the
/// state from the journal, which knows.
public final class ControlCore {
  /// Rounds of progress after one input: prepared, activated, in force, drained.
  private static final int ROUNDS_MAX = 8;

  /// Links and sessions are judged once a second; more often shows nothing but noise.
  private static final long JUDGE_MILLIS = 1_000;

  /// Further ahead of the last settling, some time ago, no report of an agent in bound is.
  private static final long REPORT_AHEAD_FRAMES_MAX = 50;

  private final Journal journal;
  private final SessionDesk sessions;
  private final TopologyDesk topologies;
  private final Review review;
  private final FidelityTracker tracker = new FidelityTracker();
  private final SessionTracker achieved = new SessionTracker();
  private final Reconciler reconciler = new Reconciler();
  private final NetworkClock clock = new NetworkClock();
  private final SequencedMap<NodeId, AgentStatus> agents = new TreeMap<>();
  private SequencedMap<NodeId, ClockVerdict> clocks = new TreeMap<>();
  private ControlState state;
  private long judgedAtMillis = Long.MIN_VALUE / 2;

  /// The frame of the last settling; the present one is dear to ask for with every report.
  private long settledFrame;

  private long snapshots;

  public ControlCore(Journal journal, LongSupplier nanoTime) {
    this.journal = journal;
    Planning planning = new Planning(nanoTime);
    this.sessions = new SessionDesk(planning);
    this.topologies = new TopologyDesk(planning);
    this.review = new Review(planning);
    this.state = ControlState.EMPTY;
    reload();
  }

  /// Takes the state from the journal again, and repairs what a torn change may have left out.
  public void reload() {
    state = journal.load();
    state.findNetwork().ifPresent(n -> tracker.declare(NetworkView.declared(n)));
    agents.keySet().forEach(reconciler::forget);
    commit(LinkTestFlows.wanted(state));
  }

  /// Whether there is nothing yet that could be lost.
  public boolean isBlank() {
    return state.findTopology().isEmpty() && state.sessions().isEmpty();
  }

  /// Lets `replacement` put another state into what the journal keeps, and takes it from there.
  public void replace(Runnable replacement) {
    try {
      replacement.run();
      reload();
    } catch (RuntimeException e) {
      throw new JournalFailure(e);
    }
  }

  /// Applies a topology; the document that is in force already changes nothing.
  public Application apply(TopologyInForce wanted, boolean replan, boolean dryRun) {
    TopologyInForce topology =
        state.findTopology().filter(t -> t.document().equals(wanted.document())).orElse(wanted);
    NetworkView declared = NetworkView.declared(topology.network());
    Application application = topologies.apply(state, topology, tracker.viewOf(declared), replan);
    if (application instanceof Application.Applied applied && !dryRun) {
      commit(LinkTestFlows.wanted(applied.state()));
      tracker.declare(declared);
    }
    return application;
  }

  public Opening open(String tenant, String requestId, SessionRequest request) {
    Opening opening = sessions.open(state, tracker.view(), tenant, requestId, request);
    return switch (opening) {
      case Opening.Opened opened -> {
        commit(opened.state());
        yield opened;
      }
      case Opening.Refused refused when !outOfBound().isEmpty() ->
          new Opening.Refused(
              refused.missing() + "; " + Review.notScheduled(outOfBound()),
              refused.offeredPairsPerSecond(),
              refused.offeredMinFidelity());
      case Opening other -> other;
    };
  }

  public void close(Session session) {
    commit(sessions.close(state, session));
  }

  /// Takes in what an agent did.
  public void handle(AgentEvent event, long nowMillis) {
    switch (event) {
      case AgentEvent.Connected(NodeId node, var facts) -> {
        reconciler.forget(node);
        clock.forget(node);
        clock.told(node, facts.networkTime(), nowMillis);
        agents.put(node, AgentStatus.connected(node, facts));
        KnownAgent before = state.agents().get(node);
        KnownAgent known =
            before == null
                ? new KnownAgent(node, facts.peerEndpoint(), 0)
                : before.at(facts.peerEndpoint());
        if (!known.equals(before)) {
          commit(state.with(known));
        }
      }
      case AgentEvent.Disconnected(NodeId node) -> {
        reconciler.forget(node);
        clock.forget(node);
        agents.computeIfPresent(node, (n, agent) -> agent.disconnected());
      }
      case AgentEvent.Reported(NodeId node, var held) ->
          agents.computeIfPresent(node, (n, agent) -> agent.withReport(held));
      case AgentEvent.Prepared(NodeId node, Held held, boolean accepted, String reason) ->
          agents.computeIfPresent(
              node,
              (n, agent) ->
                  accepted
                      ? agent.withInstalled(held, 0)
                      : isFor(node, held) ? agent.withRefusal(held, reason) : agent);
      case AgentEvent.Measured(NodeId node, Telemetry telemetry) -> {
        clock.told(node, telemetry.to(), nowMillis);
        agents.computeIfPresent(
            node, (n, agent) -> agent.withMeasured(telemetry.qubits(), telemetry.clocks()));
        measured(node, telemetry);
      }
    }
  }

  /// Only refusals of what was ordered are remembered, so that they stay few.
  private boolean isFor(NodeId node, Held held) {
    return state
        .findFlow(held.flow())
        .flatMap(flow -> flow.findGeneration(held.generation()))
        .filter(generation -> generation.ruleSets().containsKey(node))
        .isPresent();
  }

  /// Brings everything to where the inputs so far allow, and answers the orders that are due. To be
  /// called after inputs, and regularly.
  public List<Addressed> settle(long nowMillis) {
    long frame = frame(nowMillis);
    settledFrame = frame;
    if (nowMillis - judgedAtMillis >= JUDGE_MILLIS) {
      judgedAtMillis = nowMillis;
      judgeClocks();
      if (frame > 0) {
        tracker.judge(NetworkTime.startOfFrame(frame));
      }
      commit(
          review.review(
              state, tracker.view(), tracker.version(), outOfBound(), agents, frame, nowMillis));
      achieved.retain(state.sessions().keySet());
    }
    for (int round = 0; round < ROUNDS_MAX; round++) {
      ControlState next = reconciler.advance(state, agents, frame);
      if (next.equals(state)) {
        break;
      }
      commit(next);
    }
    List<Addressed> due = reconciler.due(state, agents, frame, nowMillis);
    for (Addressed addressed : due) {
      if (addressed.order() instanceof Order.Activate(FlowId flow, long generation, long from)) {
        // Announced on a live stream is as good as active; a broken stream brings a new report.
        agents.computeIfPresent(
            addressed.node(), (n, agent) -> agent.withInstalled(new Held(flow, generation), from));
      }
    }
    return due;
  }

  private void judgeClocks() {
    Map<NodeId, Map<NodeId, ClockOffset>> figures = new TreeMap<>();
    for (AgentStatus agent : agents.values()) {
      Map<NodeId, ClockOffset> ofKnown = new TreeMap<>(agent.clocks());
      ofKnown.keySet().retainAll(agents.keySet());
      figures.put(agent.node(), ofKnown);
    }
    clocks = ClockJudge.judge(clocks, figures);
    clocks.keySet().retainAll(agents.keySet());
    tracker.leaveOut(outOfBound());
  }

  /// Nodes that nothing is planned through, because of their clocks.
  private SortedSet<NodeId> outOfBound() {
    SortedSet<NodeId> out = new TreeSet<>();
    clocks.forEach((node, verdict) -> {
      if (verdict.outOfBound()) {
        out.add(node);
      }
    });
    return out;
  }

  private long frame(long nowMillis) {
    return clock.frame(nowMillis, outOfBound());
  }

  public ControlState state() {
    return state;
  }

  public Snapshot snapshot(long nowMillis) {
    SequencedMap<FlowId, Assessment> assessed = new LinkedHashMap<>();
    SequencedMap<FlowId, Achieved> figures = new LinkedHashMap<>();
    SortedSet<NodeId> outOfBound = outOfBound();
    for (Session session : state.liveSessions()) {
      Flow flow = state.findFlow(session.id()).orElseGet(() -> Flow.empty(session.id()));
      assessed.put(
          session.id(),
          review.assess(session, flow, tracker.view(), tracker.version(), outOfBound));
      findAchieved(session).ifPresent(a -> figures.put(session.id(), a));
    }
    return new Snapshot(
        ++snapshots,
        state,
        tracker.view(),
        agents,
        tracker.estimates(),
        assessed,
        figures,
        clocks,
        frame(nowMillis));
  }

  private Optional<Achieved> findAchieved(Session session) {
    Network network = state.findNetwork().orElse(null);
    if (network == null) {
      return Optional.empty();
    }
    Optional<Node> from = network.findNode(session.request().fromNode());
    Optional<Node> to = network.findNode(session.request().toNode());
    return from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : achieved.findAchieved(session.id(), from.get().operations(), to.get().operations());
  }

  private void measured(NodeId node, Telemetry telemetry) {
    // What a clock far ahead stamps would fill the tracker's windows until its time comes.
    boolean farAhead =
        settledFrame > 0 && telemetry.to().frame() > settledFrame + REPORT_AHEAD_FRAMES_MAX;
    NetworkTime at = farAhead ? NetworkTime.startOfFrame(settledFrame) : telemetry.to();
    for (Telemetry.Attempts count : telemetry.attempts()) {
      tracker.counted(node, count.link(), count.mode(), count.attempts(), count.heralds(), at);
    }
    for (Telemetry.Tests tests : telemetry.tests()) {
      tracker.tested(node, tests.link(), tests.mode(), tests.epoch(), tests.outcomes(), at);
    }
    for (Telemetry.Deliveries count : telemetry.deliveries()) {
      if (isFromNode(count.flow(), node)) {
        achieved.delivered(count.flow(), count.generation(), count.pairs(), count.frames());
      }
    }
    for (Telemetry.SessionStock stock : telemetry.stocks()) {
      if (isEnd(stock.session(), node)) {
        achieved.stocked(stock.session(), stock.stock());
        achieved.counted(stock.session(), node, stock.counts());
      }
    }
  }

  private boolean isFromNode(FlowId flow, NodeId node) {
    return state.findSession(flow).filter(s -> s.request().fromNode().equals(node)).isPresent();
  }

  private boolean isEnd(FlowId session, NodeId node) {
    return state
        .findSession(session)
        .filter(s -> s.request().fromNode().equals(node) || s.request().toNode().equals(node))
        .isPresent();
  }

  private void commit(ControlState next) {
    if (!next.equals(state)) {
      try {
        state = journal.commit(state, next);
      } catch (RuntimeException e) {
        throw new JournalFailure(e);
      }
    }
  }
}
