package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.bellwether.controller.engine.AgentEvent;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.intent.Application;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.reconcile.Addressed;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.simulation.network.VirtualNode;
import net.bellwether.simulation.outcome.RunOutcome;
import net.bellwether.simulation.outcome.SessionOutcome;
import net.bellwether.simulation.scenario.PlannedHappening;
import net.bellwether.simulation.scenario.PlannedSession;
import net.bellwether.simulation.scenario.Scenario;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// Runs a scenario: the controller decides, agents run its rules, nature makes pairs, keys are
/// distilled, all in one thread and in virtual time. The same scenario, time and seed give the same
/// outcome. Not safe for use by several threads.
public final class ScenarioRun {
  private static final long FRAME_MILLIS = 100;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long TELEMETRY_FRAMES = 5;
  private static final long CLOCK_EXCHANGE_FRAMES = 2;

  /// Long enough for every round to be settled and for nature to forget every pair.
  private static final long DRAIN_FRAMES = 70;

  private final Scenario scenario;
  private final long seed;
  private final VirtualNetwork network;
  private final long firstFrame;
  private final ControlCore core = new ControlCore(new MemoryJournal(), () -> 0);
  private final ControlWire wire = new ControlWire();
  private final KeyRoom keys;
  private final SequencedMap<NodeId, VirtualAgent> agents = new TreeMap<>();
  private final SequencedMap<FlowId, SessionRecord> sessions = new LinkedHashMap<>();
  private final List<SessionOutcome> refused = new ArrayList<>();
  private final Agenda agenda = new Agenda();
  private final Chronicle chronicle = new Chronicle();

  private ScenarioRun(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.seed = seed;
    // Agents draw blocks' seeds from a source that is only as good as the one seed.
    RandomGenerator seeds = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    network = new VirtualNetwork(scenario.network(), seeds.nextLong());
    firstFrame = network.frame();
    keys = new KeyRoom(RandomGeneratorFactory.of("L64X128MixRandom").create(seeds.nextLong()));
    for (VirtualNode node : network.nodes()) {
      agents.put(node.id(), new VirtualAgent(node, scenario.network(), keys));
    }
  }

  /// Runs `scenario` for `frames` frames of 100 ms and tells `progress` after each how many have
  /// passed. IllegalArgumentException where something cannot befall the network as it then is.
  public static RunOutcome run(Scenario scenario, long frames, long seed, LongConsumer progress) {
    if (frames < 1) {
      throw new IllegalArgumentException("frames (" + frames + ") must be at least 1");
    }
    ScenarioRun run = new ScenarioRun(scenario, seed);
    run.begin();
    for (long frame = 0; frame < frames; frame++) {
      run.frame(frame * FRAME_MILLIS);
      progress.accept(frame + 1);
    }
    return run.end(frames);
  }

  private void begin() {
    for (VirtualAgent agent : agents.values()) {
      agent.greeting().forEach(event -> core.handle(event, 0));
    }
    Application applied =
        core.apply(
            new TopologyInForce(
                scenario.topologyDocument(), scenario.name(), scenario.network(), 0),
            false,
            false);
    if (applied instanceof Application.Refused refusal) {
      throw new IllegalStateException("topology is refused: " + refusal.affected());
    }
    for (int i = 0; i < scenario.sessions().size(); i++) {
      PlannedSession planned = scenario.sessions().get(i);
      String requestId = "request-" + (i + 1);
      agenda.put(planned.openAtSeconds(), millis -> open(planned, requestId, millis));
    }
    for (PlannedHappening planned : scenario.happenings()) {
      agenda.put(planned.atSeconds(), millis -> befall(planned, millis));
    }
  }

  private void open(PlannedSession planned, String requestId, long millis) {
    SessionRequest request =
        new SessionRequest(
            "app-" + planned.from(),
            planned.from(),
            "app-" + planned.to(),
            planned.to(),
            planned.pairsPerSecond(),
            planned.minFidelity());
    switch (core.open(planned.tenant(), requestId, request)) {
      case Opening.Opened(var _, Session session) -> opened(planned, session, millis);
      case Opening.Repeated(Session session) -> opened(planned, session, millis);
      case Opening.Refused refusal -> {
        String offer =
            refusal.offeredPairsPerSecond() > 0
                ? "; offered %.4g pairs/s at fidelity %.4f"
                    .formatted(refusal.offeredPairsPerSecond(), refusal.offeredMinFidelity())
                : "";
        refuse(planned, refusal.missing() + offer, millis);
      }
      case Opening.Invalid invalid ->
          refuse(planned, invalid.field() + " " + invalid.rule(), millis);
      case Opening.Reused _ -> refuse(planned, "its request was used before", millis);
      case Opening.NoTopology _ -> refuse(planned, "there is no topology", millis);
    }
  }

  private void opened(PlannedSession planned, Session session, long millis) {
    sessions.put(session.id(), new SessionRecord(planned, session, scenario.network()));
    chronicle.add(
        millis,
        session.id().value(),
        "opened by %s, %s to %s: promised %.4g pairs/s"
            .formatted(
                planned.tenant(), planned.from(), planned.to(), session.promisedPairsPerSecond()));
    agenda.put(
        planned.closeAtSeconds(),
        now -> {
          core.state().findSession(session.id()).ifPresent(core::close);
          SessionRecord record = sessions.get(session.id());
          if (record != null) {
            record.end(network.frame());
          }
        });
  }

  private void refuse(PlannedSession planned, String reason, long millis) {
    String ends = planned.from() + " to " + planned.to();
    chronicle.add(millis, planned.tenant(), "refused, " + ends + ": " + reason);
    refused.add(
        new SessionOutcome(
            "",
            planned.tenant(),
            planned.from().value(),
            planned.to().value(),
            "REFUSED",
            reason,
            0,
            List.of()));
  }

  private void befall(PlannedHappening planned, long millis) {
    long fromFrame = network.befall(planned.happening());
    long holds = (fromFrame - firstFrame) * FRAME_MILLIS;
    chronicle.add(
        millis, "nature", HappeningText.of(planned.happening()) + ", from " + holds / 1e3 + " s");
  }

  /// One frame of virtual time, from `millis` on.
  private void frame(long millis) {
    agenda.doUntil(millis);
    decide(millis);
    for (var next = wire.takeBefore(millis + FRAME_MILLIS);
        next.isPresent();
        next = wire.takeBefore(millis + FRAME_MILLIS)) {
      next.get().arrival().accept(next.get().atMillis());
    }
    network.advance();
    long passed = network.frame();
    agents.values().forEach(agent -> agent.record().passed(passed));
    for (SessionRecord session : sessions.values()) {
      VirtualAgent from = agent(session.planned().from());
      VirtualAgent to = agent(session.planned().to());
      session.collect(from.record(), to.record(), keys, from.engine().settledUntil(), passed - 1);
    }
    exchangeClocks((millis + FRAME_MILLIS) * NANOS_PER_MILLI, passed);
    report(millis + FRAME_MILLIS, passed);
  }

  private void exchangeClocks(long nanos, long passed) {
    agents.values().forEach(agent -> agent.toldTime(nanos));
    if (passed % CLOCK_EXCHANGE_FRAMES == 0) {
      for (Link link : scenario.network().links().values()) {
        agent(link.a()).askClock(agent(link.b()), nanos);
        agent(link.b()).askClock(agent(link.a()), nanos);
      }
    }
  }

  /// Agents started at different times, so they report in turn.
  private void report(long millis, long passed) {
    long turn = passed;
    for (VirtualAgent agent : agents.values()) {
      if (turn++ % TELEMETRY_FRAMES == 0) {
        tell(List.of(agent.report(millis * NANOS_PER_MILLI)), millis);
      }
    }
  }

  private void tell(List<AgentEvent> events, long millis) {
    for (AgentEvent event : events) {
      wire.send(
          millis,
          arrival -> {
            core.handle(event, arrival);
            if (!(event instanceof AgentEvent.Measured)) {
              decide(arrival);
            }
          });
    }
  }

  private void decide(long millis) {
    for (Addressed addressed : core.settle(millis)) {
      VirtualAgent agent = agent(addressed.node());
      wire.send(millis, arrival -> tell(agent.obey(addressed.order()), arrival));
    }
    for (SessionRecord record : sessions.values()) {
      core.state().findSession(record.session().id()).ifPresent(now -> note(record, now, millis));
    }
  }

  private void note(SessionRecord record, Session now, long millis) {
    String id = now.id().value();
    if (record.update(now)) {
      chronicle.add(
          millis, id, now.phase() + (now.shortfall().isEmpty() ? "" : ": " + now.shortfall()));
    }
    if (now.phase().isLive() && now.phase() != Phase.PENDING) {
      core.state()
          .findFlow(now.id())
          .flatMap(record::findNews)
          .ifPresent(generation -> takeOver(record, generation, millis));
    }
  }

  private void takeOver(SessionRecord record, Generation generation, long millis) {
    if (generation.purpose() instanceof Purpose.Route route) {
      FlowId id = record.session().id();
      record.takeOver(generation, route, predict(id, route, millis));
      chronicle.add(
          millis,
          id.value(),
          "generation %d of its rules, from %s s"
              .formatted(
                  generation.number(),
                  (generation.activationFrame() - firstFrame) * FRAME_MILLIS / 1e3));
    }
  }

  /// As the controller itself assesses the plan now; as declared, where it has just lost faith in a
  /// link of it.
  private Evaluation predict(FlowId session, Purpose.Route route, long millis) {
    return core.snapshot(millis)
        .findAssessment(session)
        .flatMap(assessment -> Optional.ofNullable(assessment.evaluation()))
        .orElseGet(() ->
            Evaluator.evaluate(
                route.plan(), NetworkView.declared(scenario.network()), route.grant()));
  }

  private VirtualAgent agent(NodeId node) {
    VirtualAgent agent = agents.get(node);
    if (agent == null) {
      throw new IllegalStateException("node " + node + " has no agent");
    }
    return agent;
  }

  private RunOutcome end(long frames) {
    sessions.values().forEach(session -> session.end(network.frame()));
    List<SessionOutcome> outcomes = new ArrayList<>();
    sessions.values().forEach(session -> outcomes.add(session.outcome(firstFrame)));
    outcomes.addAll(refused);
    long pairsDelivered = sessions.values().stream().mapToLong(SessionRecord::pairCount).sum();
    Closing closing = new Closing(network, scenario.network(), List.copyOf(agents.values()));
    var nodes = closing.nodes();
    var counts = closing.counts(pairsDelivered, wire.messageCount());
    drain();
    long oneEnded =
        isAnyClockOff()
            ? 0
            : sessions.values().stream().mapToLong(SessionRecord::unmatchedCount).sum();
    return new RunOutcome(
        scenario.name(),
        seed,
        frames * (double) NetworkTime.FRAME_PICOS / NetworkTime.PICOS_PER_SECOND,
        outcomes,
        nodes,
        chronicle.occurrences(),
        chronicle.unlistedCount(),
        counts,
        closing.leaks(oneEnded));
  }

  /// What a clock that jumps costs, it costs at one end.
  private boolean isAnyClockOff() {
    return scenario.happenings().stream()
        .anyMatch(planned -> planned.happening() instanceof Happening.ShiftClock);
  }

  /// Removes every flow and lets everything end that is under way.
  private void drain() {
    for (VirtualAgent agent : agents.values()) {
      agent
          .engine()
          .installed()
          .forEach(
              each -> agent.engine().remove(each.ruleSet().flow(), each.ruleSet().generation()));
    }
    for (long frame = 0; frame < DRAIN_FRAMES; frame++) {
      network.advance();
    }
  }
}
