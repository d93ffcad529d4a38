package net.bellwether.controller.intent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.scheduler.Admission;
import net.bellwether.scheduler.AdmissionOutcome;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.KeepAdmission;
import net.bellwether.scheduler.Keeping;
import net.bellwether.scheduler.KeptMemory;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.Timetable;
import net.bellwether.scheduler.evaluate.KeyBlock;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.RuleSet;
import org.jspecify.annotations.Nullable;

/// What intents ask of the scheduler, with the timetable that the stored flows add up to. Pure but
/// for the stopwatch, which only labels plans with the time they took, and for what it remembers of
/// the last request, which changes no answer. Not thread-safe: it belongs to the one writer.
public final class Planning {
  private final LongSupplier nanoTime;
  private @Nullable FlowHoldings holdings;

  public Planning(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// What became of a request.
  sealed interface Admittance {}

  /// A plan and a grant that keep the promise.
  record Admitted(AdmissionOutcome.Admitted outcome, long planningMicros) implements Admittance {
    Evaluation evaluation() {
      return outcome.evaluation();
    }
  }

  /// None; what could be promised instead, 0 where nothing.
  record Refused(String missing, double offeredPairsPerSecond, double offeredMinFidelity)
      implements Admittance {}

  /// Admits `request` at `pairsPerSecond` (0: all that is free) beside every flow but `self`.
  Admittance admit(
      ControlState state,
      NetworkView view,
      Network network,
      FlowId self,
      SessionRequest request,
      double pairsPerSecond) {
    long start = nanoTime.getAsLong();
    Request wanted =
        request.wantsKeyRate()
            ? Request.key(request.fromNode(), request.toNode())
            : Request.pairs(request.fromNode(), request.toNode(), request.minFidelity());
    Timetable timetable = holdings(network).timetable(state, Optional.of(self));
    NetworkView free = KeptMemory.without(view, keptByOthers(state, view, self));
    AdmissionOutcome outcome =
        switch (request.kind()) {
          case SessionKind.MeasureDirectly() ->
              Admission.admit(free, timetable, wanted, pairsPerSecond);
          case SessionKind.CreateAndKeep keep ->
              KeepAdmission.admit(free, timetable, wanted, pairsPerSecond, keep.holdPicos());
        };
    return switch (outcome) {
      case AdmissionOutcome.Admitted admitted ->
          new Admitted(admitted, (nanoTime.getAsLong() - start) / 1_000);
      case AdmissionOutcome.Refused refused ->
          new Refused(
              refused.missing(),
              refused.offeredPairsPerSecond().orElse(0),
              refused.offeredPairsPerSecond().isPresent()
                  ? refused.offeredMinFidelity().orElse(request.minFidelity())
                  : 0);
    };
  }

  private FlowHoldings holdings(Network network) {
    FlowHoldings before = holdings;
    if (before != null && before.isOf(network)) {
      return before;
    }
    FlowHoldings fresh = new FlowHoldings(network);
    holdings = fresh;
    return fresh;
  }

  /// Memory qubits by node that other sessions keep their pairs in.
  private Map<NodeId, Integer> keptByOthers(ControlState state, NetworkView view, FlowId self) {
    Map<NodeId, Integer> kept = new LinkedHashMap<>();
    for (Session session : state.sessions().values()) {
      if (!session.id().equals(self)
          && session.request().kind() instanceof SessionKind.CreateAndKeep keep) {
        int most = 0;
        for (Generation generation :
            state.findFlow(session.id()).map(Flow::generations).orElse(List.of())) {
          if (generation.purpose() instanceof Purpose.Route route) {
            most = Math.max(most, kept(session, route, view, keep));
          }
        }
        kept.merge(session.request().fromNode(), most, Integer::sum);
        kept.merge(session.request().toNode(), most, Integer::sum);
      }
    }
    return kept;
  }

  private int kept(
      Session session, Purpose.Route route, NetworkView view, SessionKind.CreateAndKeep keep) {
    boolean known =
        PlanParts.of(route.plan()).modes().stream()
            .allMatch(used -> view.findLinkMode(used.link(), used.mode()).isPresent());
    double pairsPerSecond =
        known
            ? evaluate(session.request(), route, view).pairsPerSecond()
            : session.promisedPairsPerSecond();
    return KeptMemory.qubits(pairsPerSecond, route.grant().rounds(), keep.holdPicos());
  }

  /// The flow with the plan admitted for `tenant` as its next generation.
  Flow withRoute(
      Flow flow, String tenant, SessionRequest request, Admitted admitted, NetworkView view) {
    AdmissionOutcome.Admitted outcome = admitted.outcome();
    long number = flow.lastNumber() + 1;
    KeyBlock block = outcome.evaluation().keyBlock();
    boolean keeps = request.ending() == Ending.KEPT;
    SequencedMap<NodeId, RuleSet> ruleSets =
        switch (request.kind()) {
          case SessionKind.MeasureDirectly() ->
              RuleCompiler.compile(
                  flow.id(), number, outcome.plan(), outcome.grant(), view, block.bases());
          case SessionKind.CreateAndKeep keep ->
              RuleCompiler.compile(
                  flow.id(),
                  number,
                  outcome.plan(),
                  outcome.grant(),
                  view,
                  keeping(tenant, request, outcome.plan(), keep));
        };
    Purpose.Route route =
        new Purpose.Route(
            outcome.plan(),
            outcome.grant(),
            outcome.planned().upperBound(),
            outcome.planned().gap(),
            outcome.planned().effort().labels(),
            admitted.planningMicros(),
            keeps ? 0 : outcome.evaluation().asymptoticKeyBitsPerSecond(),
            keeps ? 0 : block.keyBits());
    return flow.withTarget(new Generation(number, route, ruleSets, 0));
  }

  private static Keeping keeping(
      String tenant, SessionRequest request, Plan plan, SessionKind.CreateAndKeep keep) {
    Application from = new Application(tenant, request.fromSae());
    Application to = new Application(tenant, request.toSae());
    boolean forward = plan.left().equals(request.fromNode());
    return new Keeping(forward ? from : to, forward ? to : from, keep.holdPicos());
  }

  Evaluation evaluate(SessionRequest request, Purpose.Route route, NetworkView view) {
    return Evaluator.evaluate(route.plan(), view, route.grant(), request.ending());
  }

  /// The timetable of all flows.
  public static Timetable timetable(ControlState state, Network network) {
    return new FlowHoldings(network).timetable(state, Optional.empty());
  }
}
