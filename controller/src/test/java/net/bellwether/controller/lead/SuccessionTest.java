package net.bellwether.controller.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static final String OWN = "127.0.0.1:7420";
  private static final long TERM = 7;

  @Test
  void formerLeaderWhoseLeaseLivesOnMakesWay() throws Exception {
    assertMakesWay(new LostAnswers(1));
  }

  @Test
  void controllerThatIsStartedAgainWithinItsLeaseMakesWay() throws Exception {
    assertMakesWay(new LostAnswers(2));
  }

  private static void assertMakesWay(LostAnswers ballot) throws Exception {
    try (Succession succession =
        new Succession(
            ballot,
            CandidacyTiming.STANDARD,
            term -> {
              throw new IllegalStateException("the store does not answer");
            },
            leader -> {
              throw new AssertionError(leader + " is followed");
            },
            new Office(Optional::empty))) {
      succession.stand(OWN);
      assertThat(ballot.deposed.get(10, TimeUnit.SECONDS)).isEqualTo(TERM);
    }
  }

  /// Elects whoever asks, and cannot be reached where a lease is to be revoked.
  private static final class LostAnswers implements LeaderBallot {
    private final CompletableFuture<Long> deposed = new CompletableFuture<>();

    /// On which the key hangs; 1 is what everybody is granted.
    private final long leaseId;

    LostAnswers(long leaseId) {
      this.leaseId = leaseId;
    }

    @Override
    public long grant(long ttlMillis) {
      return 1;
    }

    @Override
    public boolean keepAlive(long leaseId) {
      return true;
    }

    @Override
    public Standing campaign(long leaseId, String endpoint) {
      return observe();
    }

    @Override
    public Standing observe() {
      return deposed.isDone()
          ? new Standing.Vacant(TERM + 1)
          : new Standing.Held(OWN, leaseId, TERM);
    }

    @Override
    public void resign(long leaseId) {
      throw new IllegalStateException("etcd does not answer");
    }

    @Override
    public boolean depose(long term) {
      return deposed.complete(term);
    }

    @Override
    public Watch watch(Consumer<Standing> listener) {
      return () -> {};
    }
  }
}
