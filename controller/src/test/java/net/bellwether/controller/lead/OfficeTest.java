package net.bellwether.controller.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.wire.Relay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficeTest {
  @Test
  void leaderWhoseTimeIsUpAnswersNothingEvenBeforeItIsToldSo(@TempDir Path directory)
      throws Exception {
    AtomicBoolean leads = new AtomicBoolean(true);
    AtomicReference<Optional<Snapshot>> memory = new AtomicReference<>(Optional.empty());
    Office office = new Office(memory::get);
    try (StateStore store = SqliteStateStore.open(directory);
        ControlEngine engine =
            ControlEngine.start(
                new ControlCore(new StoreJournal(store), System::nanoTime), 1, () -> {})) {
      office.lead(engine, store, leads::get);
      assertThat(office.engine()).isEqualTo(engine);
      memory.set(Optional.of(office.snapshot()));
      assertThat(office.store()).isEqualTo(store);
      assertThat(office.place()).isInstanceOf(Relay.Place.Here.class);

      leads.set(false);
      assertThat(office.findEngine()).isEmpty();
      assertThatThrownBy(office::engine)
          .isInstanceOf(ControlEngine.UnavailableException.class)
          .hasMessage("this controller does not lead");
      assertThatThrownBy(office::store).isInstanceOf(ControlEngine.UnavailableException.class);
      // Nobody has marked this call as answered from memory.
      assertThatThrownBy(office::snapshot).isInstanceOf(ControlEngine.UnavailableException.class);
      CompletableFuture<Relay.Place> asked = CompletableFuture.supplyAsync(() -> place(office));
      office.close();
      assertThat(asked.get(10, TimeUnit.SECONDS)).isInstanceOf(Relay.Place.Nowhere.class);
    }
  }

  @Test
  void leaderThatCannotBeReachedLeavesAVacancyThatLasts() throws Exception {
    Office office = new Office(Optional::empty);
    ManagedChannel nobody =
        NettyChannelBuilder.forTarget("localhost:" + freePort()).usePlaintext().build();
    try {
      office.follow(nobody);
      assertThat(office.place()).isInstanceOf(Relay.Place.At.class);
      nobody.getState(true);
      Awaitility.await().until(() -> office.place() instanceof Relay.Place.Vacant);
      Awaitility.await()
          .until(() ->
              office.place() instanceof Relay.Place.Vacant(_, Duration since)
                  && since.toMillis() > 200);
      office.vacate("the leader's key is gone");
      CompletableFuture<Relay.Place> asked = CompletableFuture.supplyAsync(() -> place(office));
      office.close();
      assertThat(asked.get(10, TimeUnit.SECONDS)).isInstanceOf(Relay.Place.Nowhere.class);
    } finally {
      nobody.shutdownNow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Relay.Place place(Office office) {
    try {
      return office.place();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
