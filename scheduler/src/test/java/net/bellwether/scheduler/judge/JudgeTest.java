package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import net.bellwether.scheduler.judge.BruteForceMain.Tally;
import org.junit.jupiter.api.Test;

class JudgeTest {
  @Test
  void largerTreesNeverContradictWhatIsCalledCertain() {
    var printed = new ByteArrayOutputStream();
    Tally tally =
        BruteForceMain.run(
            new Reference(), 200, 1, new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(tally.wrong()).as(printed.toString(StandardCharsets.UTF_8)).isZero();
  }
}
