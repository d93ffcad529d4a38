package net.bellwether.controller.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.Documents;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.KnownAgent;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreJournalTest {
  @TempDir private Path directory;

  private static Plan link(String name, String left, String right) {
    return new Plan.Generate(LinkId.of(name), "bright", NodeId.of(left), NodeId.of(right));
  }

  @Test
  void planIsReadAsItWasWritten() {
    Plan pumped =
        new Plan.Purify(link("l1", "a", "b"), link("l2", "a", "b"), PurificationProtocol.DEJMPS);
    Plan plan =
        new Plan.Relay(
            new Plan.Swap(pumped, link("l3", "b", "c"), NodeId.of("b")),
            link("l4", "c", "d"),
            NodeId.of("c"));
    assertThat(PlanCode.read(PlanCode.write(plan))).isEqualTo(plan);
  }

  @Test
  void damagedPlanIsRefusedWithTheRule() {
    for (String text :
        List.of("", "(", "(swap b)", "(generate l m a b) x", "(fuse a b)", "(generate l m a b")) {
      assertThatThrownBy(() -> PlanCode.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void everythingDecidedIsThereAfterARestart() {
    ControlState before;
    try (StateStore store = SqliteStateStore.open(directory)) {
      ControlCore core = new ControlCore(new StoreJournal(store), () -> 0);
      core.apply(Documents.topology(Documents.of("chain", "a -4- r -6- b")), false, false);
      Opening opening =
          core.open(
              "tenant with ünicode",
              "request 1",
              new SessionRequest("app-a", NodeId.of("a"), "app-b", NodeId.of("b"), 1, 0.8));
      assertThat(opening).isInstanceOf(Opening.Opened.class);
      before = core.state();
    }
    try (StateStore store = SqliteStateStore.open(directory)) {
      ControlCore core = new ControlCore(new StoreJournal(store), () -> 0);
      assertThat(core.state()).isEqualTo(before);
      assertThat(core.state().findTopology().orElseThrow().revision()).isPositive();
    }
  }

  @Test
  void changeBeyondOneCommitIsWrittenInParts() {
    StringBuilder chain = new StringBuilder("a");
    for (int i = 0; i < 200; i++) {
      chain.append(" -4- r").append(i);
    }
    ControlState before;
    try (StateStore store = SqliteStateStore.open(directory)) {
      ControlCore core = new ControlCore(new StoreJournal(store), () -> 0);
      core.apply(Documents.topology(Documents.of("long", chain.toString())), false, false);
      assertThat(core.state().flows()).hasSize(200);
      before = core.state();
    }
    try (StateStore store = SqliteStateStore.open(directory)) {
      assertThat(new StoreJournal(store).load()).isEqualTo(before);
    }
  }

  @Test
  void sessionFromBeforeThereWereKindsMeasuresDirectly() {
    Session session =
        new Session(
            FlowId.of("s-1"),
            1,
            "tenant",
            "request",
            new SessionRequest("app-a", NodeId.of("a"), "app-b", NodeId.of("b"), 1, 0.8),
            1,
            Phase.ACTIVE,
            "");
    String now = new String(SessionCode.write(session), StandardCharsets.UTF_8);
    String then =
        now.replace("session 2", "session 1").replace("kind measure-directly\nhold-millis 0\n", "");
    assertThat(then).isNotEqualTo(now).doesNotContain("kind");
    assertThat(SessionCode.read("/sessions/s-1", then.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(session);
  }

  @Test
  void keepingSessionIsReadAsItWasWritten() {
    Session session =
        new Session(
            FlowId.of("s-1"),
            1,
            "tenant",
            "request",
            new SessionRequest(
                "app-a",
                NodeId.of("a"),
                "app-b",
                NodeId.of("b"),
                1,
                0.8,
                new SessionKind.CreateAndKeep(50)),
            1,
            Phase.ACTIVE,
            "");
    assertThat(SessionCode.read("/sessions/s-1", SessionCode.write(session))).isEqualTo(session);
  }

  @Test
  void recordOfANewerVersionIsNotGuessedAt() {
    try (StateStore store = SqliteStateStore.open(directory)) {
      store.commit(
          List.of(),
          List.of(Operation.put("/sessions/s-1", "session 3\n".getBytes(StandardCharsets.UTF_8))),
          "op");
      assertThatThrownBy(() -> new StoreJournal(store).load())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("/sessions/s-1")
          .hasMessageContaining("session 2");
    }
  }

  @Test
  void keyThatSomebodyElseChangedIsAConflict() {
    try (StateStore store = SqliteStateStore.open(directory)) {
      ControlCore core = new ControlCore(new StoreJournal(store), () -> 0);
      store.commit(
          List.of(),
          List.of(Operation.put("/topology", "x".getBytes(StandardCharsets.UTF_8))),
          "op");
      assertThatThrownBy(
              () -> core.apply(Documents.topology(Documents.of("one", "a -4- b")), false, false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("/topology");
    }
  }

  /// A request that was given up may still be under way; it must not take effect after the state
  /// was read again.
  @Test
  void commitWhoseOutcomeIsUnknownIsSettledBeforeTheStateIsReadAgain() {
    try (StateStore store = SqliteStateStore.open(directory)) {
      LateStore late = new LateStore(store);
      StoreJournal journal = new StoreJournal(late);
      ControlState state = journal.load();
      ControlState next = state.with(new KnownAgent(NodeId.of("a"), "a:1", 0));
      late.unreachable = true;
      assertThatThrownBy(() -> journal.commit(state, next)).hasMessageContaining("does not answer");
      late.unreachable = false;
      assertThat(journal.load().agents()).isEmpty();
      late.underWay.forEach(Runnable::run);
      assertThat(new StoreJournal(store).load().agents()).isEmpty();
    }
  }

  /// Gives up requests that arrive later.
  private static final class LateStore implements StateStore {
    private final StateStore store;
    private final List<Runnable> underWay = new ArrayList<>();
    private boolean unreachable;

    LateStore(StateStore store) {
      this.store = store;
    }

    @Override
    public CommitResult commit(List<Guard> guards, List<Operation> operations, String operationId) {
      if (unreachable) {
        underWay.add(() -> store.commit(guards, operations, operationId));
        return new CommitResult.Unknown("no answer in time");
      }
      return store.commit(guards, operations, operationId);
    }

    @Override
    public Optional<Entry> get(String key) {
      return store.get(key);
    }

    @Override
    public Listing list(String prefix, String after, long atRevision, int limit) {
      return store.list(prefix, after, atRevision, limit);
    }

    @Override
    public Watch watch(long fromRevision, Listener listener) {
      return store.watch(fromRevision, listener);
    }

    @Override
    public long revision() {
      return store.revision();
    }

    @Override
    public long term() {
      return store.term();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
