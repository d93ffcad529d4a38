package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.cli.demo.Program;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three controllers over an etcd of three: losing the one that leads loses no promise.
final class FailoverIT {
  /// Far above what it takes (a second or two), as machines that run tests are slow.
  private static final Duration TAKEOVER_MAX = Duration.ofSeconds(20);

  @TempDir private static Path state;
  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = Scene.ofThreeControllers("cambridge-loop", state);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void sessionsAndKeysOutliveTheControllersThatLead() {
    Session session = scene.openActive(Scene.spec("lab", "science-park", 1_000, 0.9));
    KeyDelivery alice = scene.consumer("alice", "lab", "bob");
    scene.awaitStock(alice, 1);
    GetLeadershipResponse first = scene.operator.leadership();
    Program leader = scene.local.controllerAt(first.getEndpoint());

    leader.kill();
    long killed = System.nanoTime();
    GetLeadershipResponse second = nextLeader(scene.operator, first);
    Session during = scene.tenant.open(Scene.spec("lab", "exchange", 100, 0.9));
    System.out.printf(
        "leader killed; the next decided %.2f s later%n", (System.nanoTime() - killed) / 1e9);
    assertThat(System.nanoTime() - killed).isLessThan(TAKEOVER_MAX.toNanos());
    assertThat(second.getTerm()).isGreaterThan(first.getTerm());
    everythingStands(session);
    scene.awaitActive(during.getSessionId());

    long stock = Scene.stock(alice);
    scene.awaitStock(alice, stock + 1);
    var keys = alice.encryptionKeys(1, 256);
    assertThat(
            scene
                .consumer("bob", "science-park", "alice")
                .decryptionKeys(keys.keySet().stream().toList()))
        .isEqualTo(keys);

    scene.local.restartController(leader.name());
    long ended = scene.operator.stepDown();
    assertThat(ended).isEqualTo(second.getTerm());
    long steppedDown = System.nanoTime();
    GetLeadershipResponse third = nextLeader(scene.operator, second);
    System.out.printf(
        "leader stepped down; the next answered %.2f s later%n",
        (System.nanoTime() - steppedDown) / 1e9);
    assertThat(third.getTerm()).isGreaterThan(second.getTerm());
    everythingStands(session);
    assertThat(scene.tenant.session(during.getSessionId()).getState())
        .isEqualTo(SessionState.SESSION_STATE_ACTIVE);
  }

  @Test
  void leaderThatWasPausedAnswersNothingFromWhatItKnew() throws Exception {
    GetLeadershipResponse first = scene.operator.leadership();
    Program leader = scene.local.controllerAt(first.getEndpoint());
    String others =
        scene.local.controllerEndpoints().stream()
            .filter(endpoint -> !endpoint.equals(first.getEndpoint()))
            .collect(Collectors.joining(","));
    try (ControllerClient itself =
            new ControllerClient(first.getEndpoint(), scene.local.operator());
        ControllerClient other = new ControllerClient(others, scene.local.operator())) {
      assertThat(itself.leadership()).isEqualTo(first);
      leader.pause();
      // Not answered before it wakes: its socket takes the request meanwhile.
      CompletableFuture<GetLeadershipResponse> told =
          CompletableFuture.supplyAsync(itself::leadership);
      GetLeadershipResponse second = nextLeader(other, first);
      leader.resume();
      assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo(second);
    }
  }

  private static GetLeadershipResponse nextLeader(
      ControllerClient client, GetLeadershipResponse former) {
    scene.await("another leader", () -> findLeader(client).getTerm() > former.getTerm());
    return findLeader(client);
  }

  private static GetLeadershipResponse findLeader(ControllerClient client) {
    try {
      return client.leadership();
    } catch (StatusRuntimeException _) {
      return GetLeadershipResponse.getDefaultInstance();
    }
  }

  /// The session runs under the rules it had, and every agent is there.
  private static void everythingStands(Session session) {
    scene.await(
        "all agents connected",
        () -> scene.operator.nodes().stream().allMatch(NodeStatus::getConnected));
    Session now = scene.awaitActive(session.getSessionId());
    assertThat(now.getGeneration()).isEqualTo(session.getGeneration());
    assertThat(now.getPlan().getTree()).isEqualTo(session.getPlan().getTree());
  }
}
