package net.bellwether.controller.intent;

import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.scheduler.Admission;
import net.bellwether.scheduler.AdmissionOutcome;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.KeyBlock;
import net.bellwether.scheduler.KeyBlocks;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.Timetable;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;

/// What intents ask of the scheduler, with the timetable that the stored flows add up to. Pure but
/// for the stopwatch, which only labels plans with the time they took.
public final class Planning {
  private final LongSupplier nanoTime;

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
    AdmissionOutcome outcome =
        Admission.admit(view, timetable(state, network, Optional.of(self)), wanted, pairsPerSecond);
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

  /// The flow with the admitted plan as its next generation.
  Flow withRoute(Flow flow, Admitted admitted, NetworkView view) {
    AdmissionOutcome.Admitted outcome = admitted.outcome();
    long number = flow.lastNumber() + 1;
    KeyBlock block = KeyBlocks.of(outcome.evaluation());
    SequencedMap<NodeId, RuleSet> ruleSets =
        RuleCompiler.compile(
            flow.id(), number, outcome.plan(), outcome.grant(), view, block.bases());
    Purpose.Route route =
        new Purpose.Route(
            outcome.plan(),
            outcome.grant(),
            outcome.planned().upperBound(),
            outcome.planned().gap(),
            outcome.planned().labelsSearched(),
            admitted.planningMicros(),
            outcome.evaluation().asymptoticKeyBitsPerSecond(),
            block.keyBits());
    return flow.withTarget(new Generation(number, route, ruleSets, 0));
  }

  Evaluation evaluate(Purpose.Route route, NetworkView view) {
    return Evaluator.evaluate(route.plan(), view, route.grant());
  }

  /// The timetable of all flows.
  public static Timetable timetable(ControlState state, Network network) {
    return timetable(state, network, Optional.empty());
  }

  /// What the flows of `state` hold, all generations that nodes may still run, but those of `self`:
  /// a flow's own old rounds end where its new ones begin.
  private static Timetable timetable(ControlState state, Network network, Optional<FlowId> self) {
    NetworkView declared = NetworkView.declared(network);
    Timetable timetable = Timetable.EMPTY;
    for (Flow flow : state.flows().values()) {
      if (!self.equals(Optional.of(flow.id()))) {
        for (Generation generation : flow.generations()) {
          if (generation.purpose() instanceof Purpose.Route route && fits(route, declared)) {
            timetable =
                timetable.withHeld(nameOf(flow, generation), route.plan(), route.grant(), declared);
          }
        }
      }
    }
    return timetable;
  }

  private static FlowId nameOf(Flow flow, Generation generation) {
    return FlowId.of(flow.id() + "-g" + generation.number());
  }

  /// Old generations may use links that a newer topology no longer has; there is nothing to
  /// over-commit on those.
  private static boolean fits(Purpose.Route route, NetworkView declared) {
    PlanParts parts = PlanParts.of(route.plan());
    return parts.nodes().stream().allMatch(n -> declared.findNode(n).isPresent())
        && parts.modes().stream()
            .allMatch(used -> declared.findLinkMode(used.link(), used.mode()).isPresent());
  }
}
