package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of a repeater's device jumps, and is set right again.
final class ClockOffsetIT {
  private static final String BELLCTL = "net.bellwether.cli.Bellctl";
  private static final String REPEATER = "college";
  private static final double OFFSET_NANOS = 300e6;

  /// Of two exchanges with peers on a crowded machine.
  private static final double MEASURED_WITHIN_NANOS = 100e6;

  @Test
  void aNodeWhoseClockJumpsIsReportedAndItsSessionGoesAnotherWay(@TempDir Path state)
      throws Exception {
    try (Scene scene = Scene.of("cambridge-loop", state)) {
      Session before = scene.openActive(Scene.spec("lab", "exchange", 20, 0.9));
      String session = before.getSessionId();
      assertThat(before.getPlan().toString()).contains(REPEATER);
      scene.await(
          "clocks are measured",
          () -> scene.operator.nodes().stream().allMatch(NodeStatus::hasClock));
      assertThat(scene.operator.nodes()).allMatch(node -> node.getConditionsCount() == 0);

      clock(scene, "clock", REPEATER, "--offset", "300ms");
      scene.await("it is reported", () -> repeater(scene).getConditionsCount() > 0);
      assertThat(Math.abs((double) repeater(scene).getClock().getOffsetNanos() - OFFSET_NANOS))
          .isLessThan(MEASURED_WITHIN_NANOS);
      assertThat(repeater(scene).getConditions(0)).startsWith("not scheduled: its clock is ");
      scene.await(
          "the session goes another way",
          () -> {
            Session now = scene.tenant.session(session);
            return now.getState() == SessionState.SESSION_STATE_ACTIVE
                && now.getGeneration() > before.getGeneration()
                && !now.getPlan().toString().contains(REPEATER)
                && now.getAchieved().getPairCount() > 0;
          });

      clock(scene, "repair", "--node", REPEATER);
      scene.await("it is scheduled again", () -> repeater(scene).getConditionsCount() == 0);
    }
  }

  private static NodeStatus repeater(Scene scene) {
    return scene.operator.nodes().stream()
        .filter(node -> node.getNode().equals(REPEATER))
        .findFirst()
        .orElseThrow();
  }

  private static void clock(Scene scene, String command, String... words) throws Exception {
    String[] arguments = new String[words.length + 6];
    arguments[0] = "emulator";
    arguments[1] = command;
    System.arraycopy(words, 0, arguments, 2, words.length);
    arguments[words.length + 2] = "--emulator";
    arguments[words.length + 3] = scene.local.emulatorEndpoint();
    arguments[words.length + 4] = "--identity";
    arguments[words.length + 5] = scene.local.operator().directory().toString();
    Shell done = Shell.program(BELLCTL, arguments);
    assertThat(done.status()).as(done.output()).isZero();
  }
}
