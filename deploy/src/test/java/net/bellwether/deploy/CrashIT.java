package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of a session.
final class CrashIT {
  private static final String WEST = "west";
  private static final String EAST = "east";

  @Test
  void killedControllerAndAgentLoseNoStockAndRepeatNoKey(@TempDir Path state) throws Exception {
    try (Scene scene = Scene.of("repeater-50km", state)) {
      Session session = scene.openActive(Scene.spec(WEST, EAST, 0, 0));
      KeyDelivery alice = scene.consumer("alice", WEST, "bob");
      KeyDelivery bob = scene.consumer("bob", EAST, "alice");
      scene.awaitStock(alice, 8);
      Map<String, String> delivered = new LinkedHashMap<>(alice.encryptionKeys(4, 256));

      scene.local.controller().kill();
      long beforeAbsence = Scene.stock(alice);
      scene.await("stock grows without a controller", () -> Scene.stock(alice) > beforeAbsence);

      scene.local.agentOf(NodeId.of(EAST)).kill();
      assertThatThrownBy(() -> alice.encryptionKeys(1, 256))
          .as("the peer cannot reserve")
          .isInstanceOfSatisfying(
              KeyDelivery.Refused.class, refused -> assertThat(refused.status()).isEqualTo(503));
      scene.local.restartAgentOf(NodeId.of(EAST));
      scene.await("both ends serve again", () -> delivers(alice, delivered));

      long beforeKill = Scene.stock(alice);
      Traffic traffic = Traffic.start(alice);
      scene.local.agentOf(NodeId.of(WEST)).kill();
      Map<String, String> inTraffic = traffic.stop();
      delivered.putAll(inTraffic);
      scene.local.restartAgentOf(NodeId.of(WEST));
      scene.local.restartController();

      long afterRestart = awaitAnyStock(scene, alice);
      // Eight of the traffic's short keys make one of the default size; one may be in flight.
      assertThat(afterRestart)
          .as("stock verified before the kill, less what was fetched")
          .isGreaterThanOrEqualTo(beforeKill - inTraffic.size() / 8 - 2);
      assertThat(scene.awaitActive(session.getSessionId()).getSpec()).isEqualTo(session.getSpec());

      Map<String, String> later = alice.encryptionKeys(2, 256);
      assertThat(delivered).doesNotContainKeys(later.keySet().toArray(String[]::new));
      delivered.putAll(later);
      assertThat(delivered.values()).doesNotHaveDuplicates();
      for (Map.Entry<String, String> key : delivered.entrySet()) {
        assertThat(bob.decryptionKeys(List.of(key.getKey())))
            .containsExactly(Map.entry(key.getKey(), key.getValue()));
        assertThatThrownBy(() -> bob.decryptionKeys(List.of(key.getKey())))
            .isInstanceOf(KeyDelivery.Refused.class)
            .hasMessageContaining("one or more keys specified are not found on KME");
      }
      scene.await(
          "the key in flight when its peer was away is counted as burnt",
          () -> achieved(scene, session).getBurntKeyCount() >= 1);
      scene.await(
          "every delivery is counted, once a side",
          () -> achieved(scene, session).getDeliveredKeyCount() >= 2L * delivered.size());
      System.out.printf(
          "keys fetched at both ends: %d; counted at both ends: %d delivered, %d burnt%n",
          delivered.size(),
          achieved(scene, session).getDeliveredKeyCount(),
          achieved(scene, session).getBurntKeyCount());
      long growing = Scene.stock(alice);
      scene.await("new key is made after the crash", () -> Scene.stock(alice) > growing);
    }
  }

  private static Achieved achieved(Scene scene, Session session) {
    return scene.tenant.session(session.getSessionId()).getAchieved();
  }

  private static boolean delivers(KeyDelivery delivery, Map<String, String> received) {
    try {
      received.putAll(delivery.encryptionKeys(1, 256));
      return true;
    } catch (KeyDelivery.Refused | IllegalStateException _) {
      return false;
    }
  }

  private static long awaitAnyStock(Scene scene, KeyDelivery delivery) {
    scene.await("key manager is back", () -> Scene.stock(delivery) >= 0);
    return Scene.stock(delivery);
  }

  /// A consumer that fetches keys as fast as it can, until its server dies.
  private record Traffic(
      ExecutorService executor, AtomicBoolean running, Future<Map<String, String>> keys) {
    static Traffic start(KeyDelivery delivery) {
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      AtomicBoolean running = new AtomicBoolean(true);
      List<String> begun = new ArrayList<>();
      Future<Map<String, String>> keys =
          executor.submit(() -> {
            Map<String, String> received = new LinkedHashMap<>();
            while (running.get()) {
              try {
                received.putAll(delivery.encryptionKeys(1, 32));
                begun.add("one");
              } catch (KeyDelivery.Refused | IllegalStateException _) {
                // Out of stock, or the server was killed: what was received counts.
              }
            }
            return received;
          });
      org.awaitility.Awaitility.await().until(() -> !begun.isEmpty());
      return new Traffic(executor, running, keys);
    }

    Map<String, String> stop() throws Exception {
      running.set(false);
      try (executor) {
        return keys.get();
      }
    }
  }
}
