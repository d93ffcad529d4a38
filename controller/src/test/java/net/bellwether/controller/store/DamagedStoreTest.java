package net.bellwether.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages the files of a store in every way that one fault can: what was acknowledged is then all
/// there and right, or the store refuses to open and leaves its files as they were.
class DamagedStoreTest {
  /// More before a release: -Dbellwether.flips=100000.
  private static final int FLIPS = Integer.getInteger("bellwether.flips", 300);

  private static final Retention SHORT = new Retention(20, 1 << 20);

  @TempDir(factory = MemoryDirectory.class)
  static Path live;

  @TempDir(factory = MemoryDirectory.class)
  static Path elsewhere;

  /// Left by a kill: base, records in the database, records in the write-ahead log.
  private static StoreImage killed;

  /// Left by an orderly end: no write-ahead log.
  private static StoreImage closed;

  /// What `closed` was before the last commits.
  private static StoreImage earlier;

  private static final SequencedMap<String, String> acknowledged = new TreeMap<>();

  @BeforeAll
  static void fillStore() throws IOException {
    commit(0, 60);
    earlier = StoreImage.of(live);
    try (StateStore store = SqliteStateStore.open(live, SHORT, InstantSource.system())) {
      for (int i = 60; i < 80; i++) {
        commit(store, i);
      }
      killed = StoreImage.of(live);
    }
    closed = StoreImage.of(live);
    assertThat(killed.file("store.db-wal").length).isGreaterThan(10_000);
  }

  private static void commit(int from, int to) {
    try (StateStore store = SqliteStateStore.open(live, SHORT, InstantSource.system())) {
      for (int i = from; i < to; i++) {
        commit(store, i);
      }
    }
  }

  private static void commit(StateStore store, int i) {
    String key = "key-" + i % 30;
    String value = ("value " + i + " ").repeat(1 + i % 40);
    CommitResult result =
        store.commit(List.of(), List.of(Operation.put(key, value.getBytes(UTF_8))), "op-" + i);
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    acknowledged.put(key, value);
  }

  @Test
  void alteredByteIsDetectedOrRecoveredExactly() throws IOException {
    long seed = Long.getLong("bellwether.seed", 7);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      StoreImage image = i % 3 == 0 ? closed : killed;
      List<String> names = List.copyOf(image.files().keySet());
      String name = names.get(random.nextInt(names.size()));
      byte[] bytes = image.file(name).clone();
      int position = random.nextInt(bytes.length);
      bytes[position] ^= (byte) (1 << random.nextInt(8));
      refused +=
          opensRightOrNotAtAll(
                  image.with(name, bytes),
                  "seed " + seed + ", flip " + i + ": " + name + " at " + position)
              ? 0
              : 1;
    }
    assertThat(refused).isBetween(FLIPS / 10, FLIPS * 9 / 10);
  }

  @Test
  void everyByteOfTheAnchorsTextIsRecoveredFromTheOtherCopy() throws IOException {
    for (int position = 0; position < 300; position += 7) {
      for (int copy : new int[] {0, 4096}) {
        byte[] bytes = killed.file("anchor").clone();
        bytes[copy + position] ^= 1;
        assertThat(opensRightOrNotAtAll(killed.with("anchor", bytes), "anchor at " + position))
            .isTrue();
      }
    }
  }

  @Test
  void truncatedFilesAreDetectedOrRecoveredExactly() throws IOException {
    Random random = new Random(11);
    for (String name : killed.files().keySet()) {
      byte[] bytes = killed.file(name);
      for (int i = 0; i < 25; i++) {
        int length = i == 0 ? 0 : random.nextInt(bytes.length);
        opensRightOrNotAtAll(
            killed.with(name, Arrays.copyOf(bytes, length)), name + " cut to " + length);
      }
    }
  }

  @Test
  void lostWriteAheadLogIsDetected() throws IOException {
    assertThat(opensRightOrNotAtAll(killed.without("store.db-wal"), "no log")).isFalse();
  }

  @Test
  void olderDatabaseBesideTheAnchorIsDetected() throws IOException {
    assertThat(
            opensRightOrNotAtAll(earlier.with("anchor", closed.file("anchor")), "older database"))
        .isFalse();
    assertThat(
            opensRightOrNotAtAll(
                killed.with("store.db-wal", Arrays.copyOf(killed.file("store.db-wal"), 32)),
                "empty log"))
        .isFalse();
  }

  /// True if everything acknowledged is there and stays so; false if the store refused and changed
  /// nothing.
  private static boolean opensRightOrNotAtAll(StoreImage image, String fault) throws IOException {
    image.restore(elsewhere);
    try {
      openAndCompare(fault);
    } catch (StoreDamagedException e) {
      assertThat(e.getMessage()).as(fault).contains("is damaged: ").contains("restore");
      assertThat(image.isStillIn(elsewhere)).as(fault + ": files unchanged").isTrue();
      return false;
    }
    // Nothing hidden breaks later.
    openAndCompare(fault + ", second opening");
    return true;
  }

  private static void openAndCompare(String fault) {
    try (StateStore store = SqliteStateStore.open(elsewhere, SHORT, InstantSource.system())) {
      SequencedMap<String, String> found = new TreeMap<>();
      for (StateStore.Entry entry : store.list("key-", 0, 1_000).entries()) {
        found.put(entry.key(), entry.value().toStringUtf8());
      }
      assertThat(found).as(fault).isEqualTo(acknowledged);
      assertThat(
              store.commit(
                  List.of(),
                  List.of(Operation.put("new", new byte[3_000])),
                  fault.hashCode() + "-" + store.term()))
          .as(fault)
          .isInstanceOf(CommitResult.Committed.class);
    }
  }
}
