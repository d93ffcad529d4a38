package net.bellwether.controller.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.Documents;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCopyTest {
  private static final SessionRequest WANTED =
      new SessionRequest("app-a", NodeId.of("a"), "app-b", NodeId.of("b"), 1, 0.8);

  @TempDir private Path directory;

  @Test
  void copyFollowsWhatIsDecidedAndOutlivesTheStore() {
    StateStore store = SqliteStateStore.open(directory);
    ControlCore core = new ControlCore(new StoreJournal(store), () -> 0);
    core.apply(Documents.topology(Documents.of("chain", "a -4- r -6- b")), false, false);
    try (StateCopy copy = StateCopy.follow(store)) {
      await().until(() -> state(copy).equals(core.state()));
      Opening opening = core.open("acme", "request 1", WANTED);
      assertThat(opening).isInstanceOf(Opening.Opened.class);
      await().until(() -> state(copy).equals(core.state()));
      core.close(core.state().sessions().firstEntry().getValue());
      await().until(() -> state(copy).equals(core.state()));

      store.close();
      Snapshot known = copy.snapshot().orElseThrow();
      assertThat(known.state()).isEqualTo(core.state());
      assertThat(known.view().linkModes()).isNotEmpty();
      assertThat(known.agents()).isEmpty();
    }
  }

  @Test
  void stateThatIsBeingImportedIsNotTold() {
    try (StateStore store = SqliteStateStore.open(directory);
        StateCopy copy = StateCopy.follow(store)) {
      await().until(() -> copy.snapshot().isPresent());
      store.commit(List.of(), List.of(Operation.put(StateImage.UNFINISHED, new byte[0])), "1");
      await().until(() -> copy.snapshot().isEmpty());
      store.commit(List.of(), List.of(Operation.delete(StateImage.UNFINISHED)), "2");
      await().until(() -> copy.snapshot().isPresent());
    }
  }

  private static ControlState state(StateCopy copy) {
    return copy.snapshot().map(Snapshot::state).orElse(ControlState.EMPTY);
  }
}
