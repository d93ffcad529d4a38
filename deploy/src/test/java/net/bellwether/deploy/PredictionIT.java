package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.Session;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is predicted is what the emulator then delivers.
final class PredictionIT {
  /// Of pairs before the rate counts: programs that share few processors start slowly, and pairs
  /// whose other end is seconds late are lost.
  private static final double WARM_UP_SECONDS = 8;

  private static final double SECONDS = 12;

  @ParameterizedTest
  @CsvSource({
    "qit-chicago, chicago, oak-ridge, 3000, 0.92",
    "repeater-50km, west, east, 8000, 0.92"
  })
  void deliveredRateAndFidelityAreThosePredicted(
      String scenario,
      String from,
      String to,
      double leastRate,
      double leastFidelity,
      @TempDir Path state) {
    try (Scene scene = Scene.of(scenario, state)) {
      Session session = scene.openActive(Scene.spec(from, to, 0, 0));
      Achieved before = scene.achievedAfter(session, WARM_UP_SECONDS);
      scene.achievedAfter(session, before.getSeconds() + SECONDS);
      KeyDelivery alice = scene.consumer("alice", from, "bob");
      scene.awaitStock(alice, 1);
      Map<String, String> key = alice.encryptionKeys(1, 256);
      assertThat(scene.consumer("bob", to, "alice").decryptionKeys(key.keySet().stream().toList()))
          .isEqualTo(key);

      Session now = scene.tenant.session(session.getSessionId());
      Achieved achieved = now.getAchieved();
      double seconds = achieved.getSeconds() - before.getSeconds();
      long pairs = achieved.getPairCount() - before.getPairCount();
      double rate = pairs / seconds;
      double predictedRate = now.getPlan().getPairsPerSecond();
      System.out.printf(
          "%s over %.1f s: %.0f ± %.0f pairs/s (predicted %.0f), fidelity %.4f ± %.4f (predicted"
              + " %.4f)%n",
          scenario,
          seconds,
          rate,
          Math.sqrt((double) pairs) / seconds,
          predictedRate,
          achieved.getFidelity(),
          achieved.getFidelityHalfWidth(),
          now.getPlan().getFidelity());
      assertThat(rate).isCloseTo(predictedRate, Percentage.withPercentage(10));
      assertThat(rate).isGreaterThan(leastRate);
      assertThat(achieved.getFidelity())
          .isCloseTo(
              now.getPlan().getFidelity(), Offset.offset(0.01 + achieved.getFidelityHalfWidth()));
      assertThat(now.getPlan().getFidelity()).isGreaterThanOrEqualTo(leastFidelity);
    }
  }
}
