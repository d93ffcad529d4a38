package net.bellwether.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [StateStore] promises; a store's test extends it.
abstract class StateStoreContractTest {
  @TempDir Path directory;
  StateStore store;

  /// Opens the store that lives in `directory`, new or not.
  abstract StateStore open(Path directory);

  @BeforeEach
  final void openStore() {
    store = open(directory);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  final void reopen() {
    store.close();
    store = open(directory);
  }

  static Operation put(String key, String value) {
    return Operation.put(key, value.getBytes(UTF_8));
  }

  final long committed(String operationId, Operation... operations) {
    return revision(store.commit(List.of(), List.of(operations), operationId));
  }

  static long revision(CommitResult result) {
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return ((CommitResult.Committed) result).revision();
  }

  final List<String> present(String prefix) {
    return texts(store.list(prefix, 0, 1_000));
  }

  static List<String> texts(StateStore.Listing listing) {
    return listing.entries().stream()
        .map(entry -> entry.key() + "=" + entry.value().toStringUtf8())
        .toList();
  }

  @Test
  void committedValueIsRead() {
    long revision = committed("op-1", put("a", "1"));

    assertThat(store.get("a"))
        .hasValueSatisfying(entry -> {
          assertThat(entry.value().toStringUtf8()).isEqualTo("1");
          assertThat(entry.revision()).isEqualTo(revision);
        });
    assertThat(store.get("b")).isEmpty();
    assertThat(store.revision()).isEqualTo(revision);
  }

  @Test
  void commitIsAtomicUnderOneRevision() {
    long revision = committed("op-1", put("a", "1"), put("b", "2"));

    assertThat(store.list("", 0, 10).entries())
        .extracting(StateStore.Entry::revision)
        .containsExactly(revision, revision);
  }

  @Test
  void deletedKeyIsAbsent() {
    committed("op-1", put("a", "1"));
    committed("op-2", Operation.delete("a"), Operation.delete("never-there"));

    assertThat(store.get("a")).isEmpty();
    assertThat(present("")).isEmpty();
  }

  @Test
  void listIsInOrderOfKeysUnderAPrefix() {
    committed("op-1", put("s/b", "2"), put("s/a", "1"), put("t/x", "3"), put("s", "0"));

    assertThat(present("s/")).containsExactly("s/a=1", "s/b=2");
    assertThat(present("")).containsExactly("s=0", "s/a=1", "s/b=2", "t/x=3");
  }

  @Test
  void listGoesOnAfterItsLastKey() {
    committed("op-1", put("s/a", "1"), put("s/b", "2"), put("s/c", "3"), put("t", "4"));

    StateStore.Listing first = store.list("s/", 0, 2);
    StateStore.Listing second = store.list("s/", "s/b", first.revision(), 2);

    assertThat(texts(first)).containsExactly("s/a=1", "s/b=2");
    assertThat(first.more()).isTrue();
    assertThat(texts(second)).containsExactly("s/c=3");
    assertThat(second.more()).isFalse();
  }

  @Test
  void listShowsThePast() {
    long first = committed("op-1", put("a", "1"), put("b", "1"));
    long second = committed("op-2", put("a", "2"), Operation.delete("b"), put("c", "2"));
    committed("op-3", put("b", "3"));

    assertThat(texts(store.list("", first, 10))).containsExactly("a=1", "b=1");
    assertThat(texts(store.list("", second, 10))).containsExactly("a=2", "c=2");
    reopen();
    assertThat(texts(store.list("", first, 10))).containsExactly("a=1", "b=1");
    assertThat(texts(store.list("", second, 10))).containsExactly("a=2", "c=2");
  }

  @Test
  void guardThatDoesNotHoldChangesNothing() {
    long first = committed("op-1", put("a", "1"));
    Guard outdated = new Guard("a", first - 1);

    CommitResult result =
        store.commit(List.of(outdated), List.of(put("a", "2"), put("b", "2")), "op-2");

    assertThat(result).isEqualTo(new CommitResult.Conflict(outdated, first));
    assertThat(present("")).containsExactly("a=1");
    assertThat(store.revision()).isEqualTo(first);
  }

  @Test
  void guardsOfAbsenceAndOfTheLastChangeHold() {
    long first = revision(store.commit(List.of(Guard.absent("a")), List.of(put("a", "1")), "op-1"));
    assertThat(store.commit(List.of(Guard.absent("a")), List.of(put("a", "2")), "op-2"))
        .isEqualTo(new CommitResult.Conflict(Guard.absent("a"), first));

    revision(store.commit(List.of(new Guard("a", first)), List.of(Operation.delete("a")), "op-3"));
    revision(store.commit(List.of(Guard.absent("a")), List.of(put("a", "3")), "op-4"));
    assertThat(present("")).containsExactly("a=3");
  }

  @Test
  void operationIsAppliedOnceHoweverOftenItIsCommitted() {
    long first = committed("op-1", put("a", "1"));
    long second = committed("op-2", put("a", "2"));

    assertThat(committed("op-1", put("a", "1"))).isEqualTo(first);
    assertThat(present("")).containsExactly("a=2");
    reopen();
    assertThat(committed("op-1", put("a", "1"))).isEqualTo(first);
    // Its guard no longer holds, but it did when it counted.
    assertThat(store.commit(List.of(Guard.absent("a")), List.of(put("a", "2")), "op-2"))
        .isEqualTo(new CommitResult.Committed(second));
    assertThat(present("")).containsExactly("a=2");
  }

  @Test
  void conflictIsNotRememberedAsTheOperationsResult() {
    long first = committed("op-1", put("a", "1"));
    store.commit(List.of(Guard.absent("a")), List.of(put("a", "2")), "op-2");

    assertThat(store.commit(List.of(new Guard("a", first)), List.of(put("a", "2")), "op-2"))
        .isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void stateAndTermSurviveReopening() {
    committed("op-1", put("a", "1"));
    long term = store.term();
    long revision = store.revision();

    reopen();

    assertThat(present("")).containsExactly("a=1");
    assertThat(store.term()).isGreaterThan(term);
    assertThat(store.revision()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  void termRisesAtEveryOpening() {
    List<Long> terms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      terms.add(store.term());
      reopen();
    }
    assertThat(terms).doesNotHaveDuplicates().isSorted();
    assertThat(terms.getFirst()).isPositive();
  }

  @Test
  void watchReportsEveryCommitOnceAndInOrder() throws Exception {
    long first = committed("past", put("a", "past"));
    Recorder recorder = new Recorder();
    try (StateStore.Watch _ = store.watch(first, recorder)) {
      inParallel(
          8,
          thread -> {
            for (int i = 0; i < 25; i++) {
              committed("op-" + thread + "-" + i, put("k" + thread, "" + i));
            }
          });
      await().until(() -> recorder.changes.size() >= 201);
    }

    assertThat(recorder.changes)
        .extracting(StateStore.Change::revision)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(first, store.revision()).boxed().toList());
    assertThat(recorder.changes.getFirst().operations()).containsExactly(put("a", "past"));
  }

  @Test
  void watchGoesOnWhereTheFormerOneEndedAcrossReopening() {
    long first = committed("op-1", put("a", "1"));
    reopen();
    committed("op-2", put("a", "2"));
    Recorder recorder = new Recorder();
    try (StateStore.Watch _ = store.watch(first + 1, recorder)) {
      await().until(() -> recorder.changes.size() == 1);
      assertThat(recorder.changes.getFirst().operations()).containsExactly(put("a", "2"));
    }
  }

  @Test
  void closedWatchIsCalledNoMore() throws Exception {
    Recorder closed = new Recorder();
    Recorder open = new Recorder();
    long next = store.revision() + 1;
    store.watch(next, closed).close();
    try (StateStore.Watch _ = store.watch(next, open)) {
      committed("op-1", put("a", "1"));
      await().until(() -> open.changes.size() == 1);
    }
    assertThat(closed.changes).isEmpty();
  }

  @Test
  void listenerThatFailsEndsItsOwnWatchOnly() {
    Recorder recorder = new Recorder();
    Recorder failing =
        new Recorder() {
          @Override
          public void changed(StateStore.Change change) {
            throw new IllegalStateException("broken listener");
          }
        };
    long next = store.revision() + 1;
    try (StateStore.Watch _ = store.watch(next, failing);
        StateStore.Watch _ = store.watch(next, recorder)) {
      committed("op-1", put("a", "1"));
      await().until(() -> recorder.changes.size() == 1 && failing.ends.size() == 1);
    }
    assertThat(failing.ends.getFirst()).contains("broken listener");
  }

  @Test
  void closingTheStoreEndsItsWatches() {
    Recorder recorder = new Recorder();
    store.watch(store.revision() + 1, recorder);

    store.close();

    await().until(() -> recorder.ends.size() == 1);
    assertThat(recorder.ends.getFirst()).contains("closed");
    assertThatThrownBy(() -> committed("op-1", put("a", "1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void ofGuardedCommitsThatRaceExactlyOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      String key = "key-" + round;
      List<CommitResult> results = Collections.synchronizedList(new ArrayList<>());
      inParallel(
          6,
          thread ->
              results.add(
                  store.commit(
                      List.of(Guard.absent(key)),
                      List.of(put(key, "" + thread)),
                      key + "-" + thread)));
      assertThat(results.stream().filter(CommitResult.Committed.class::isInstance)).hasSize(1);
      assertThat(results.stream().filter(CommitResult.Conflict.class::isInstance)).hasSize(5);
    }
  }

  @Test
  void countersThatRaceLoseNoIncrement() throws Exception {
    committed("zero", put("counter", "0"));
    inParallel(
        4,
        thread -> {
          for (int done = 0, attempt = 0; done < 10; attempt++) {
            StateStore.Entry entry = store.get("counter").orElseThrow();
            int next = Integer.parseInt(entry.value().toStringUtf8()) + 1;
            CommitResult result =
                store.commit(
                    List.of(new Guard("counter", entry.revision())),
                    List.of(put("counter", "" + next)),
                    "inc-" + thread + "-" + attempt);
            done += result instanceof CommitResult.Committed ? 1 : 0;
          }
        });
    assertThat(present("counter")).containsExactly("counter=40");
  }

  @Test
  void limitsAreRefusedWithValueAndRule() {
    assertRefused(operations(127), "operations (127) must be 1 to 126");
    assertRefused(List.of(), "operations (0) must be 1 to 126");
    assertRefused(
        List.of(Operation.put("k", new byte[1 << 20])),
        "commit (1048577 bytes) must have at most 1048576 bytes");
    assertRefused(List.of(put("a", "1"), put("a", "2")), "key (a) must be changed only once");
    assertThatThrownBy(() -> put("", "1")).hasMessageContaining("key () must be 1 to 512");
    assertThatThrownBy(() -> put("x".repeat(513), "1")).hasMessageContaining("must be 1 to 512");
    assertThatThrownBy(() -> put("a b", "1")).hasMessageContaining("printable ASCII");
    assertThatThrownBy(() -> new Guard("ä", 0)).hasMessageContaining("printable ASCII");
    assertThatThrownBy(() -> committed("", put("a", "1"))).hasMessageContaining("operationId ()");
    assertThatThrownBy(() -> store.list("", 0, 0)).hasMessageContaining("limit (0) must be 1 to");
    long future = store.revision() + 99;
    assertThatThrownBy(() -> store.list("", future, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("atRevision (" + future + ") must be");
    assertThatThrownBy(() -> store.list("", -1, 1)).hasMessageContaining("atRevision (-1) must be");
    assertThatThrownBy(() -> store.watch(future, new Recorder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fromRevision (" + future + ") must be");
    assertThat(present("")).isEmpty();
  }

  @Test
  void largestCommitIsAccepted() {
    List<Operation> operations = operations(126);
    List<Guard> guards =
        operations.stream().map(operation -> Guard.absent(operation.key())).toList();
    revision(store.commit(guards, operations, "op-1"));
    committed("op-2", Operation.put("k", new byte[(1 << 20) - 1]));
    reopen();
    assertThat(store.get("k").orElseThrow().value().size()).isEqualTo((1 << 20) - 1);
    assertThat(present("many-")).hasSize(126);
  }

  private static List<Operation> operations(int count) {
    return IntStream.range(0, count).mapToObj(i -> put("many-" + i, "" + i)).toList();
  }

  private void assertRefused(List<Operation> operations, String message) {
    assertThatThrownBy(() -> store.commit(List.of(), operations, "op"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /// Something a thread does, by its number.
  interface Work {
    void run(int thread) throws Exception;
  }

  static void inParallel(int threads, Work work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        Callable<Boolean> task =
            () -> {
              start.await();
              work.run(thread);
              return true;
            };
        futures.add(executor.submit(task));
      }
      start.countDown();
      for (Future<?> future : futures) {
        future.get();
      }
    }
  }

  static class Recorder implements StateStore.Listener {
    final List<StateStore.Change> changes = Collections.synchronizedList(new ArrayList<>());
    final List<String> ends = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void changed(StateStore.Change change) {
      changes.add(change);
    }

    @Override
    public void ended(String reason) {
      ends.add(reason);
    }
  }
}
