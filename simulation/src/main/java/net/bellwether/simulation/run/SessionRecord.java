package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.simulation.outcome.SessionOutcome;
import net.bellwether.simulation.scenario.PlannedSession;
import net.bellwether.topology.Network;
import net.bellwether.topology.Operations;
import net.bellwether.topology.time.NetworkTime;

/// One admitted session: where it stands, and what each generation of its rules delivers.
final class SessionRecord {
  private final PlannedSession planned;
  private final double misread;
  private final List<GenerationRecord> generations = new ArrayList<>();
  private Session session;

  SessionRecord(PlannedSession planned, Session session, Network network) {
    this.planned = planned;
    this.session = session;
    this.misread =
        misread(network.node(planned.from()).operations(), network.node(planned.to()).operations());
  }

  /// Probability that one of the two readouts flips and the other does not.
  private static double misread(Operations from, Operations to) {
    double atFrom = from.readoutErrorProbability();
    double atTo = to.readoutErrorProbability();
    return atFrom * (1 - atTo) + atTo * (1 - atFrom);
  }

  Session session() {
    return session;
  }

  /// Takes in where the session stands now; whether that is news.
  boolean update(Session now) {
    boolean news = session.phase() != now.phase() || !session.shortfall().equals(now.shortfall());
    session = now;
    return news;
  }

  /// The newest activated generation of `flow`, where it is news.
  Optional<Generation> findNews(Flow flow) {
    return flow.findInForce()
        .filter(generation ->
            generations.isEmpty() || generation.number() > generations.getLast().number());
  }

  /// `generation`, which makes pairs by `route`, takes over at its frame.
  void takeOver(Generation generation, Purpose.Route route, Evaluation predicted) {
    end(generation.activationFrame());
    generations.add(
        new GenerationRecord(
            generation.number(), route.plan(), predicted, generation.activationFrame()));
  }

  /// Nothing counts from `frame` on.
  void end(long frame) {
    if (!generations.isEmpty()) {
      generations.getLast().endAt(frame);
    }
  }

  /// Takes in what the two ends have finished, and hands it to the distillation.
  void collect(NodeRecord from, NodeRecord to, KeyRoom keys, NetworkTime settled, long frame) {
    List<DeliveredPair> atFrom = collect(from, true);
    List<DeliveredPair> atTo = collect(to, false);
    keys.find(session.id())
        .ifPresent(distillation -> {
          distillation.accept(planned.from(), atFrom, settled);
          distillation.accept(planned.to(), atTo, settled);
          List<Integer> blocks = distillation.takeBlocks();
          long failures = distillation.takeFailures();
          generations.stream()
              .filter(generation -> generation.covers(frame))
              .forEach(generation -> generation.addBlocks(blocks, failures));
        });
  }

  private List<DeliveredPair> collect(NodeRecord end, boolean atFrom) {
    List<DeliveredPair> pairs = new ArrayList<>();
    for (NodeRecord.Finished finished : end.takeFinished(session.id())) {
      pairs.add(finished.pair());
      for (GenerationRecord generation : generations) {
        if (generation.number() == finished.pair().generation()) {
          generation.add(atFrom, finished);
        }
      }
    }
    return pairs;
  }

  PlannedSession planned() {
    return planned;
  }

  long pairCount() {
    return generations.stream().mapToLong(GenerationRecord::pairCount).sum();
  }

  long unmatchedCount() {
    return generations.stream().mapToLong(GenerationRecord::unmatchedCount).sum();
  }

  SessionOutcome outcome(long firstFrame) {
    return new SessionOutcome(
        session.id().value(),
        planned.tenant(),
        planned.from().value(),
        planned.to().value(),
        session.phase().name(),
        session.shortfall(),
        session.promisedPairsPerSecond(),
        generations.stream().map(each -> each.outcome(firstFrame, misread)).toList());
  }
}
