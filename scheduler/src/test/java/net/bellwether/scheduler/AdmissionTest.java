package net.bellwether.scheduler;

import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.scheduler.AdmissionOutcome.Admitted;
import net.bellwether.scheduler.AdmissionOutcome.Refused;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Request A_TO_C = Request.pairs(node("A"), node("C"), 0.8);
  private final NetworkView view = TextNetwork.view("A -20km- r -35km- C; B -25km- r");

  @Test
  void everythingFreeIsGrantedWhenNoRateIsAsked() {
    Admitted admitted = admitted(Timetable.EMPTY, A_TO_C, 0);
    assertThat(admitted.grant().rounds().startPicos()).isEqualTo(5_000_000_000L);
    assertThat(admitted.grant().rounds().endPicos()).isBetween(99_000_000_000L, 100_000_000_000L);
  }

  @Test
  void promisedRateTakesTheFewestRoundsThatDeliverIt() {
    double all = admitted(Timetable.EMPTY, A_TO_C, 0).evaluation().pairsPerSecond();
    Admitted half = admitted(Timetable.EMPTY, A_TO_C, all / 2);
    assertThat(half.evaluation().pairsPerSecond()).isGreaterThanOrEqualTo(all / 2);
    int count = half.grant().rounds().count();
    assertThat(half.evaluation().pairsPerSecond() / count * (count - 1)).isLessThan(all / 2);
  }

  @Test
  void secondFlowGetsWhatTheFirstLeft() {
    double all = admitted(Timetable.EMPTY, A_TO_C, 0).evaluation().pairsPerSecond();
    Admitted first = admitted(Timetable.EMPTY, A_TO_C, all / 3);
    Timetable timetable = hold(Timetable.EMPTY, "first", first);
    Admitted second = admitted(timetable, Request.pairs(node("B"), node("C"), 0.8), 0);
    assertThat(second.grant().rounds().startPicos())
        .isGreaterThanOrEqualTo(first.grant().rounds().endPicos());
    Timetable both = hold(timetable, "second", second);
    assertThat(both.committedShare(LinkId.of("r-c"))).isBetween(0.9, 1.0);
    assertThat(both.committedShare(LinkId.of("b-r"))).isBetween(0.5, 0.8);
    assertThat(both.flows()).containsExactly(FlowId.of("first"), FlowId.of("second"));
  }

  @Test
  void refusalOffersWhatIsThenAdmitted() {
    double all = admitted(Timetable.EMPTY, A_TO_C, 0).evaluation().pairsPerSecond();
    Timetable timetable =
        hold(Timetable.EMPTY, "first", admitted(Timetable.EMPTY, A_TO_C, all / 2));
    Refused refused = (Refused) Admission.admit(view, timetable, A_TO_C, all);
    assertThat(refused.missing()).containsPattern("more time of link (a-r|r-c) than is free");
    double offer = refused.offeredPairsPerSecond().orElseThrow();
    assertThat(offer).isBetween(all / 4, all * 0.55);
    Admitted admitted = admitted(timetable, A_TO_C, offer);
    assertThat(admitted.evaluation().pairsPerSecond()).isCloseTo(offer, within(offer * 1e-9));
    hold(timetable, "second", admitted);
  }

  @Test
  void unreachableFidelityOffersOneThatIsThenAdmitted() {
    Request request = Request.pairs(node("A"), node("C"), 0.999);
    Refused refused = (Refused) Admission.admit(view, Timetable.EMPTY, request, 5);
    assertThat(refused.reason()).isEqualTo(Reason.FIDELITY_UNREACHABLE);
    double fidelity = refused.offeredMinFidelity().orElseThrow();
    double rate = refused.offeredPairsPerSecond().orElseThrow();
    Request offered = Request.pairs(node("A"), node("C"), fidelity);
    assertThat(admitted(Timetable.EMPTY, offered, rate).evaluation().state().fidelity())
        .isGreaterThanOrEqualTo(fidelity);
  }

  @Test
  void fullLinkOffersNothing() {
    Timetable timetable = hold(Timetable.EMPTY, "first", admitted(Timetable.EMPTY, A_TO_C, 0));
    Refused refused = (Refused) Admission.admit(view, timetable, A_TO_C, 0);
    assertThat(refused.reason()).isEqualTo(Reason.NO_CAPACITY);
    assertThat(refused.offeredPairsPerSecond()).isEmpty();
  }

  @Test
  void pathWhoseLinksAreFreeAtDifferentTimesIsAvoided() {
    NetworkView two = TextNetwork.view("A -20km- r -20km- C; A -60km- s -60km- C; D -5km- r");
    long half = 47_500_000_000L;
    Timetable timetable =
        Timetable.EMPTY
            .with(FlowId.of("early"), Plans.link(two, "a-r", "fine"), window(0, half), two)
            .with(FlowId.of("late"), Plans.link(two, "r-c", "fine"), window(half, half), two);
    Admitted admitted = admitted(two, timetable, A_TO_C, 0);
    assertThat(PlanText.tree(admitted.plan())).startsWith("swap at s");
  }

  private static Grant window(long startPicos, long lengthPicos) {
    return new Grant(new Rounds(5_000_000_000L + startPicos, lengthPicos - 1, lengthPicos, 1), 0.1);
  }

  @Test
  void flowIsReplannedAsIfItHeldNothing() {
    Admitted first = admitted(Timetable.EMPTY, A_TO_C, 0);
    Timetable timetable = hold(Timetable.EMPTY, "first", first);
    assertThat(admitted(timetable.without(FlowId.of("first")), A_TO_C, 0).grant())
        .isEqualTo(first.grant());
    hold(timetable, "first", first);
  }

  @Test
  void sharedNodeRunsTwoFlowsAtOnceOnlyIfItHasTheQubits() {
    String text = "A -20km- r -20km- C; B -20km- r -20km- D";
    for (int qubits : new int[] {256, 255}) {
      NetworkView star = TextNetwork.with().memory(new Qubits(qubits, 100, 1)).declared(text);
      Admitted first = admitted(star, Timetable.EMPTY, A_TO_C, 0);
      Timetable timetable =
          Timetable.EMPTY.with(FlowId.of("first"), first.plan(), first.grant(), star);
      AdmissionOutcome second =
          Admission.admit(star, timetable, Request.pairs(node("B"), node("D"), 0.8), 0);
      assertThat(second instanceof Admitted).isEqualTo(qubits == 256);
    }
  }

  @Test
  void timetableRefusesToHoldALinkTwice() {
    Admitted first = admitted(Timetable.EMPTY, A_TO_C, 0);
    Timetable timetable = hold(Timetable.EMPTY, "first", first);
    assertThatThrownBy(() -> hold(timetable, "second", first))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second");
  }

  private Timetable hold(Timetable timetable, String flow, Admitted admitted) {
    return timetable.with(FlowId.of(flow), admitted.plan(), admitted.grant(), view);
  }

  private Admitted admitted(Timetable timetable, Request request, double pairsPerSecond) {
    return admitted(view, timetable, request, pairsPerSecond);
  }

  private static Admitted admitted(
      NetworkView view, Timetable timetable, Request request, double pairsPerSecond) {
    AdmissionOutcome outcome = Admission.admit(view, timetable, request, pairsPerSecond);
    assertThat(outcome).isInstanceOf(Admitted.class);
    return (Admitted) outcome;
  }
}
