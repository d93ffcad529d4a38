package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.bellwether.cli.chsh.ChshEnd;
import net.bellwether.cli.chsh.ChshResult;
import net.bellwether.cli.chsh.Side;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionKind;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two applications violate Bell's inequality with the pairs of a create-and-keep session, by as
/// much as the controller predicted.
final class KeptPairsIT {
  private static final int PAIRS = 400;
  private static final double FLOOR = 0.95;

  /// Pairs age while the machine is busy; they are released below this.
  private static final double FLOOR_WHEN_READ = 0.85;

  private static final double SIGMAS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void chshValueIsThePredictedOne(@TempDir Path state) throws Exception {
    try (Scene scene = Scene.of("repeater-50km", state)) {
      Session session =
          scene.openActive(
              Scene.spec("west", "east", 50, FLOOR).toBuilder()
                  .setKind(SessionKind.SESSION_KIND_CREATE_AND_KEEP)
                  .setHoldMilliseconds(2_000)
                  .build());
      assertThat(session.getPlan().getFidelity()).isGreaterThanOrEqualTo(FLOOR);
      assertThat(session.getPlan().getSecretKeyBitsPerSecond()).isZero();
      String id = session.getSessionId();
      Path left = state.resolve("left.txt");
      Path right = state.resolve("right.txt");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<ChshResult> alice =
            threads.submit(() -> chsh(scene, "alice", "west", id, Side.LEFT, left, right));
        Future<ChshResult> bob =
            threads.submit(() -> chsh(scene, "bob", "east", id, Side.RIGHT, right, left));
        ChshResult result = alice.get();
        assertThat(bob.get()).isEqualTo(result);
        System.out.printf(
            "CHSH of %d pairs: %.3f ± %.3f, predicted %.3f%n",
            result.pairs(), result.measured(), result.standardError(), result.predicted());
        assertThat(result.pairs()).isGreaterThan(PAIRS / 2);
        assertThat(result.predicted()).isGreaterThan(ChshResult.CLASSICAL_BOUND);
        assertThat(result.measured())
            .isCloseTo(result.predicted(), Offset.offset(SIGMAS * result.standardError()));
      }
    }
  }

  private static ChshResult chsh(
      Scene scene, String sae, String node, String session, Side side, Path own, Path other)
      throws InterruptedException {
    try (ChshEnd end =
        new ChshEnd(
            scene.local.applicationEndpoint(NodeId.of(node)),
            scene.local.consumer(Scene.TENANT, sae),
            session,
            side)) {
      end.measure(PAIRS, FLOOR_WHEN_READ, own, PATIENCE);
      return end.compare(own, other, PATIENCE);
    }
  }
}
