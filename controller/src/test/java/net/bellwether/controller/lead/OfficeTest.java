package net.bellwether.controller.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.wire.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficeTest {
  @Test
  void leaderWhoseTimeIsUpAnswersNothingEvenBeforeItIsToldSo(@TempDir Path directory)
      throws Exception {
    AtomicBoolean leads = new AtomicBoolean(true);
    Office office = new Office(Optional::empty);
    try (StateStore store = SqliteStateStore.open(directory);
        ControlEngine engine =
            ControlEngine.start(
                new ControlCore(new StoreJournal(store), System::nanoTime), 1, () -> {})) {
      office.lead(engine, store, leads::get);
      assertThat(office.engine()).isEqualTo(engine);
      assertThat(office.store()).isEqualTo(store);
      assertThat(office.place()).isInstanceOf(Relay.Place.Here.class);

      leads.set(false);
      assertThat(office.findEngine()).isEmpty();
      assertThatThrownBy(office::engine)
          .isInstanceOf(ControlEngine.UnavailableException.class)
          .hasMessage("this controller does not lead");
      assertThatThrownBy(office::store).isInstanceOf(ControlEngine.UnavailableException.class);
      CompletableFuture<Relay.Place> asked = CompletableFuture.supplyAsync(() -> place(office));
      office.close();
      assertThat(asked.get(10, TimeUnit.SECONDS)).isInstanceOf(Relay.Place.Nowhere.class);
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
