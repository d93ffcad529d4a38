package net.bellwether.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.simulation.fault.bug.Bug;
import net.bellwether.simulation.fault.world.FaultKind;
import org.junit.jupiter.api.Test;

/// Worlds in which everything breaks but the promises.
final class FaultWorldsTest {
  @Test
  void whatIsPromisedHoldsWhateverGoesWrong() {
    FaultSearch.Result result = FaultSearch.run(1, 200, Bug.NONE, _ -> {});
    assertThat(result.failures()).isEmpty();
    assertThat(result.seedCount()).isEqualTo(200);
    assertThat(result.checkCount()).isGreaterThan(200_000);
    assertThat(result.faults().asMap().keySet()).containsExactlyInAnyOrder(FaultKind.values());
  }

  @Test
  void theSameSeedGivesTheSameTimeline() {
    for (long seed : List.of(7L, 8L, 9L)) {
      FaultRun.Outcome first = FaultRun.run(seed, Bug.NONE, true);
      assertThat(first.timeline()).isNotEmpty();
      assertThat(FaultRun.run(seed, Bug.NONE, true).timeline()).isEqualTo(first.timeline());
    }
  }

  @Test
  void aFailureTellsItsTimeline() {
    FaultRun.Outcome broken = FaultRun.run(1, Bug.AGENT_IGNORES_REMOVAL, false);
    assertThat(broken.failure()).isPresent();
    assertThat(broken.timeline()).contains("agent-r").contains("all faults end");
  }
}
