package net.bellwether.controller.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import net.bellwether.controller.reconcile.Reconciler;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// Holds live sessions against their promise on the present view: one whose plan no longer keeps it
/// is planned anew (its old rules run on until the new ones are active everywhere), or is degraded
/// where no plan does. Tries a session at most every `RETRY_MILLIS`, and after a refusal only when
/// the view or what others hold has changed. Not thread-safe: it belongs to the one writer.
public final class Review {
  static final long RETRY_MILLIS = 5_000;

  /// A plan that breaks the promise too must bring this much more to be worth a change.
  private static final double WORTHWHILE = 1.2;

  private record Circumstances(long viewVersion, List<AgentStatus.Held> routes) {}

  /// `refusedUnder` is the number of the circumstances, 0 where it was not refused. Not themselves:
  /// what thousands hold is much to keep for each of thousands.
  private record Attempt(long millis, long refusedUnder) {}

  private record Turn(Session session, Flow flow, Assessment assessment) {}

  private final Planning planning;
  private final Assessor assessor;
  private final Map<FlowId, Attempt> attempts = new HashMap<>();
  private Circumstances circumstances = new Circumstances(-1, List.of());
  private long circumstancesNumber;

  public Review(Planning planning) {
    this.planning = planning;
    this.assessor = new Assessor(planning);
  }

  /// The state after one round of review. `view` is without the links of nodes whose clocks are
  /// `outOfBound`. At most one session is planned anew, so that a round stays short: the one that
  /// was tried longest ago, so that none waits for ever behind others.
  public ControlState review(
      ControlState state,
      NetworkView view,
      long viewVersion,
      Set<NodeId> outOfBound,
      SequencedMap<NodeId, AgentStatus> agents,
      long frame,
      long nowMillis) {
    Network network = state.findNetwork().orElse(null);
    if (network == null) {
      return state;
    }
    attempts.keySet().retainAll(state.sessions().keySet());
    assessor.retain(state.sessions().keySet());
    Circumstances now = new Circumstances(viewVersion, routes(state));
    if (!now.equals(circumstances)) {
      circumstances = now;
      circumstancesNumber++;
    }
    List<Session> restored = new ArrayList<>();
    @Nullable Turn turn = null;
    for (Session session : state.liveSessions()) {
      Flow flow = state.findFlow(session.id()).orElseGet(() -> Flow.empty(session.id()));
      Assessment assessment = assess(session, flow, view, viewVersion, outOfBound);
      boolean inForce = Reconciler.isInForce(flow, agents, frame);
      if (assessment.isKept()) {
        if (session.phase() == Phase.DEGRADED && inForce) {
          restored.add(session.in(Phase.ACTIVE, ""));
        }
      } else if ((inForce || !hasTarget(flow))
          && isDue(session.id(), nowMillis)
          && (turn == null || triedAtMillis(session) < triedAtMillis(turn.session()))) {
        turn = new Turn(session, flow, assessment);
      }
    }
    ControlState next = restored.isEmpty() ? state : state.withSessions(restored);
    return turn == null
        ? next
        : mend(next, network, view, turn.session(), turn.flow(), turn.assessment(), nowMillis);
  }

  private long triedAtMillis(Session session) {
    Attempt last = attempts.get(session.id());
    return last == null ? Long.MIN_VALUE : last.millis();
  }

  /// Why nothing is planned through `nodes`.
  public static String notScheduled(SortedSet<NodeId> nodes) {
    return Assessor.notScheduled(nodes);
  }

  /// What the session's target plan yields on `view`, against its promise. A view of the same
  /// version is the same view.
  public Assessment assess(
      Session session, Flow flow, NetworkView view, long viewVersion, Set<NodeId> outOfBound) {
    return assessor.assess(session, flow, view, viewVersion, outOfBound);
  }

  private ControlState mend(
      ControlState state,
      Network network,
      NetworkView view,
      Session session,
      Flow flow,
      Assessment assessment,
      long nowMillis) {
    return switch (planning.admit(
        state, view, network, session.id(), session.request(), session.promisedPairsPerSecond())) {
      case Planning.Admitted admitted -> {
        attempts.put(session.id(), new Attempt(nowMillis, 0));
        yield state.with(withRoute(session, flow, admitted, view));
      }
      case Planning.Refused refused -> {
        attempts.put(session.id(), new Attempt(nowMillis, circumstancesNumber));
        String sentence = assessment.shortfall() + "; no other plan keeps the promise";
        ControlState degraded =
            session.phase() == Phase.DEGRADED
                    && (session.shortfall().startsWith(sentence)
                        || session.shortfall().equals(assessment.shortfall()))
                ? state
                : state.with(session.in(Phase.DEGRADED, sentence + ": " + refused.missing()));
        yield lesser(degraded, network, view, session, flow, assessment, refused);
      }
    };
  }

  /// Takes what is offered instead, where that is worth a change of rules.
  private ControlState lesser(
      ControlState state,
      Network network,
      NetworkView view,
      Session session,
      Flow flow,
      Assessment assessment,
      Planning.Refused refused) {
    double offered = refused.offeredPairsPerSecond();
    boolean meetsFloor = refused.offeredMinFidelity() >= session.request().minFidelity();
    if (offered <= 0 || !meetsFloor || offered < WORTHWHILE * usableRate(session, assessment)) {
      return state;
    }
    return planning.admit(state, view, network, session.id(), session.request(), offered)
            instanceof Planning.Admitted admitted
        ? state.with(withRoute(session, flow, admitted, view))
        : state;
  }

  private static double usableRate(Session session, Assessment assessment) {
    Evaluation evaluation = assessment.evaluation();
    return evaluation == null || evaluation.state().fidelity() < session.request().minFidelity()
        ? 0
        : evaluation.pairsPerSecond();
  }

  private Flow withRoute(Session session, Flow flow, Planning.Admitted admitted, NetworkView view) {
    return planning.withRoute(flow, session.tenant(), session.request(), admitted, view);
  }

  private boolean isDue(FlowId session, long nowMillis) {
    Attempt last = attempts.get(session);
    return last == null
        || (nowMillis - last.millis() >= RETRY_MILLIS
            && last.refusedUnder() != circumstancesNumber);
  }

  private static boolean hasTarget(Flow flow) {
    return flow.wanted() && flow.findTarget().isPresent();
  }

  private static List<AgentStatus.Held> routes(ControlState state) {
    List<AgentStatus.Held> routes = new ArrayList<>();
    for (Flow flow : state.flows().values()) {
      for (Generation generation : flow.generations()) {
        if (generation.purpose() instanceof Purpose.Route) {
          routes.add(new AgentStatus.Held(flow.id(), generation.number()));
        }
      }
    }
    return routes;
  }
}
