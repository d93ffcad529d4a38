package net.bellwether.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

final class QubitUseTest {
  private static final long MILLI = 1_000_000_000;

  private final QubitUse use = new QubitUse();

  private static NetworkTime at(long frame, long millis) {
    return new NetworkTime(frame, millis * MILLI);
  }

  @Test
  void twoOverlappingPairsAreTwo() {
    use.taken(at(5, 10));
    use.taken(at(5, 20));
    use.freed(at(5, 30));
    use.freed(at(5, 40));
    use.passed(6);
    assertThat(use.mean()).isEqualTo(0.4);
    assertThat(use.most()).isEqualTo(2);
  }

  @Test
  void aPairHeldToTheEndOfItsFrameIsFreeInTheNext() {
    use.taken(at(5, 50));
    use.freed(at(6, 0));
    use.taken(at(6, 0).plusPicos(1));
    use.freed(at(6, 50));
    use.passed(6);
    use.passed(7);
    assertThat(use.mean()).isBetween(0.499, 0.5);
    assertThat(use.most()).isEqualTo(1);
  }
}
