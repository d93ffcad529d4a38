package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job, as the README shows it.
final class DemoIT {
  private static final String MAIN = "net.bellwether.cli.BellwetherMain";

  @Test
  void demoShowsTheSameKeyAtBothEndsAndLeaves(@TempDir Path state) throws Exception {
    Shell demo =
        Shell.program(
            MAIN,
            "demo",
            "--once",
            "--lib",
            Scene.libraries().toString(),
            "--state-dir",
            state.resolve("demo").toString());
    assertThat(demo.output())
        .contains("the same 256-bit key at both ends")
        .contains("fidelity")
        .contains("stopped everything");
    assertThat(demo.status()).as(demo.output()).isZero();
  }

  @Test
  void demoOfAnUnknownScenarioNamesTheKnownOnes(@TempDir Path state) throws Exception {
    Shell demo =
        Shell.program(
            MAIN,
            "demo",
            "no-such",
            "--lib",
            Scene.libraries().toString(),
            "--state-dir",
            state.resolve("demo").toString());
    assertThat(demo.status()).isEqualTo(1);
    assertThat(demo.output()).contains("no-such").contains("cambridge-loop", "qit-chicago");
  }
}
