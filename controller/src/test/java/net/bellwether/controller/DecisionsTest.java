package net.bellwether.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.bellwether.controller.store.etcd.EtcdCluster;
import net.bellwether.controller.store.etcd.EtcdConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsTest {
  @Test
  void controllerThatStartsBeforeItsEtcdWaitsForIt(@TempDir Path directory) throws Exception {
    try (EtcdCluster etcd = EtcdCluster.start(1)) {
      EtcdConfig hasty =
          new EtcdConfig(
              etcd.endpoints(),
              etcd.identity(1),
              EtcdConfig.PREFIX,
              Duration.ofMillis(200),
              Duration.ofMillis(200));
      etcd.pause(0);
      CompletableFuture<ServiceFixture> starting =
          CompletableFuture.supplyAsync(
              () -> new ServiceFixture(directory, new StoreChoice.Shared(hasty, "localhost")));
      Awaitility.await().during(Duration.ofSeconds(2)).until(() -> !starting.isDone());
      etcd.resume(0);
      try (ServiceFixture started = starting.get(30, TimeUnit.SECONDS)) {
        assertThat(started.operator()).isNotNull();
      }
    }
  }
}
