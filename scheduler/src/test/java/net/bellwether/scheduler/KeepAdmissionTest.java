package net.bellwether.scheduler;

import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.bellwether.scheduler.AdmissionOutcome.Admitted;
import net.bellwether.scheduler.AdmissionOutcome.Refused;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class KeepAdmissionTest {
  private static final Request A_TO_C = Request.pairs(node("A"), node("C"), 0.8);
  private static final long SECOND = NetworkTime.PICOS_PER_SECOND;
  private static final Rounds TWO_A_FRAME =
      new Rounds(5_000_000_000L, 1_000_000_000L, 10_000_000_000L, 2);

  private final NetworkView view = TextNetwork.view("A -20km- r -35km- C");

  @Test
  void memoryIsForThePairsOfTheBusiestTimeAndTheirScatter() {
    // 20 rounds a second, 5 pairs each. 50 ms see both rounds of a frame, one second those of ten
    // frames and one more.
    assertThat(KeptMemory.qubits(100, TWO_A_FRAME, SECOND / 20)).isEqualTo(10 + 10);
    assertThat(KeptMemory.qubits(100, TWO_A_FRAME, SECOND)).isEqualTo(105 + 31);
    assertThat(KeptMemory.qubits(0, TWO_A_FRAME, SECOND)).isZero();
  }

  @Test
  void keptPairsAndRoundsTogetherNeedNoMoreMemoryThanThereIs() {
    Admitted admitted = admitted(view, 200, SECOND);
    int kept =
        KeptMemory.qubits(
            admitted.evaluation().pairsPerSecond(), admitted.grant().rounds(), SECOND);
    assertThat(kept).isGreaterThan(200);
    NetworkView rest = KeptMemory.without(view, Map.of(node("A"), kept, node("C"), kept));
    assertThat(rest.node(node("A")).memoryQubits().count()).isEqualTo(512 - kept);
    assertThat(rest.node(node("r")).memoryQubits().count()).isEqualTo(512);
    // It still fits what is left.
    Timetable.EMPTY.with(FlowId.of("f"), admitted.plan(), admitted.grant(), rest);
  }

  @Test
  void lackOfMemoryIsRefusedWithARateThatIsThenAdmitted() {
    Refused refused = (Refused) KeepAdmission.admit(view, Timetable.EMPTY, A_TO_C, 1_000, SECOND);
    assertThat(refused.missing()).contains("memory qubits").contains("each of a and c");
    double offer = refused.offeredPairsPerSecond().orElseThrow();
    assertThat(offer).isIn(256.0, 128.0, 64.0, 32.0);
    admitted(view, offer, SECOND);
  }

  @Test
  void rateHasToBeGiven() {
    assertThatThrownBy(() -> KeepAdmission.admit(view, Timetable.EMPTY, A_TO_C, 0, SECOND))
        .hasMessageContaining("pairsPerSecond (0.0) must be above 0");
  }

  @Test
  void keptHalvesAgeUntilThePairIsFinished() {
    Admitted admitted = admitted(view, 50, SECOND);
    double measured =
        Evaluator.evaluate(admitted.plan(), view, admitted.grant()).state().fidelity();
    double kept =
        Evaluator.evaluate(admitted.plan(), view, admitted.grant(), Ending.KEPT).state().fidelity();
    assertThat(kept).isLessThan(measured).isEqualTo(admitted.evaluation().state().fidelity());
    assertThat(kept).isGreaterThanOrEqualTo(0.8);
  }

  private static Admitted admitted(NetworkView view, double pairsPerSecond, long holdPicos) {
    return switch (KeepAdmission.admit(view, Timetable.EMPTY, A_TO_C, pairsPerSecond, holdPicos)) {
      case Admitted admitted -> admitted;
      case Refused refused -> throw new AssertionError(refused);
    };
  }
}
