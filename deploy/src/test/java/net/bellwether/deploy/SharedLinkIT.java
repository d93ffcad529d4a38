package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.ApplyRequest;
import net.bellwether.v1.CounterOffer;
import net.bellwether.v1.DegradeLink;
import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.NatureServiceGrpc;
import net.bellwether.v1.Session;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several sessions on one link, and a link that is worse than declared.
final class SharedLinkIT {
  private static final String WEST = "west";
  private static final String EAST = "east";
  private static final String LINK = "west-east";
  private static final double SECONDS = 8;

  @Test
  void twoSessionsShareALinkAndTheThirdAcceptsTheCounterOffer(@TempDir Path state) {
    try (Scene scene = Scene.of("repeater-50km", state)) {
      Session first = scene.openActive(Scene.spec(WEST, EAST, 3000, 0.9));
      Session second = scene.openActive(Scene.spec(WEST, EAST, 2500, 0.9));
      StatusRuntimeException refusal =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> scene.tenant.open(Scene.spec(WEST, EAST, 9000, 0.9)));
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      CounterOffer offer = RpcErrors.detail(refusal, CounterOffer.class).orElseThrow();
      assertThat(offer.getMissing()).contains(LINK);
      assertThat(offer.getPairsPerSecond()).isPositive();
      Session third =
          scene.openActive(
              Scene.spec(WEST, EAST, offer.getPairsPerSecond(), offer.getMinFidelity()));
      for (Session session : new Session[] {first, second, third}) {
        assertDeliversItsPromise(scene, session);
      }
    }
  }

  private static void assertDeliversItsPromise(Scene scene, Session session) {
    String id = session.getSessionId();
    scene.await(
        SECONDS + " s of " + id + ", and a block of key",
        () -> {
          Achieved now = scene.tenant.session(id).getAchieved();
          return now.getSeconds() > SECONDS && now.getFidelity() > 0;
        });
    assertThat(keepsItsPromise(scene.tenant.session(id)))
        .as("promise %s, achieved %s", session, scene.tenant.session(id).getAchieved())
        .isTrue();
  }

  /// Over enough seconds of its present generation, rate and fidelity within statistics.
  private static boolean keepsItsPromise(Session session) {
    Achieved achieved = session.getAchieved();
    double rate = achieved.getPairCount() / achieved.getSeconds();
    double error = Math.sqrt((double) achieved.getPairCount()) / achieved.getSeconds();
    return achieved.getSeconds() > SECONDS
        && rate > session.getPromisedPairsPerSecond() * 0.97 - 3 * error
        && achieved.getFidelity() + achieved.getFidelityHalfWidth()
            > session.getSpec().getMinFidelity();
  }

  @Test
  void aLinkWorseThanDeclaredIsNoticedAndItsSessionReplanned(@TempDir Path state) {
    // The rate asked for leaves room to buy the lost pairs back with more rounds.
    try (Scene scene = Scene.of("repeater-50km", Scenarios.document("repeater-50km"), state)) {
      Session session = scene.openActive(Scene.spec(WEST, EAST, 2000, 0.85));
      assertThat(session.getGeneration()).isEqualTo(1);
      degrade(scene, LINK, 0.6, 0.01);
      scene.await(
          "tracker notices",
          () ->
              scene.operator.links().stream()
                  .anyMatch(link -> link.getLink().equals(LINK) && link.getDegraded()));
      scene.await(
          "session is re-planned",
          () -> scene.tenant.session(session.getSessionId()).getGeneration() > 1);
      // While the estimate still follows the change, one plan may be overtaken by the next.
      scene.await(
          "the promise is kept again",
          () -> keepsItsPromise(scene.tenant.session(session.getSessionId())));
      Session replanned = scene.awaitActive(session.getSessionId());
      assertThat(replanned.getShare()).isGreaterThan(session.getShare());
      LinkStatus link =
          scene.operator.links().stream()
              .filter(status -> status.getLink().equals(LINK) && status.getDegraded())
              .findFirst()
              .orElseThrow();
      assertThat(link.getEstimatedPairsPerSecond())
          .isLessThan(0.8 * link.getDeclaredPairsPerSecond());
    }
  }

  private static void degrade(Scene scene, String link, double successFactor, double noise) {
    ManagedChannel channel =
        GrpcChannels.open(
            scene.local.emulatorEndpoint(),
            scene.local.operator(),
            peer -> peer instanceof Identity.Emulator);
    try {
      assertThat(
              NatureServiceGrpc.newBlockingStub(channel)
                  .apply(
                      ApplyRequest.newBuilder()
                          .setDegradeLink(
                              DegradeLink.newBuilder()
                                  .setLink(link)
                                  .setSuccessFactor(successFactor)
                                  .setWhiteNoise(noise))
                          .build())
                  .getFromFrame())
          .isPositive();
    } finally {
      channel.shutdownNow();
    }
  }
}
