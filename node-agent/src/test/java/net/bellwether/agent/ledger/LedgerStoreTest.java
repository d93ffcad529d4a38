package net.bellwether.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerStoreTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  @TempDir Path directory;

  private static byte[] key(int length) {
    byte[] key = new byte[length];
    new Random(length).nextBytes(key);
    return key;
  }

  private static byte[] slice(byte[] key, int from, int to) {
    return Arrays.copyOfRange(key, from, to);
  }

  @Test
  void ledgerOfANodeWithoutSessionsHasNoFiles() throws IOException {
    try (LedgerStore store = LedgerStore.open(directory)) {
      assertThat(store.sessions()).isEmpty();
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).isEmpty();
      }
      store.putSession("s", new byte[] {1});
    }
    try (LedgerStore store = LedgerStore.open(directory)) {
      assertThat(store.sessions()).containsOnlyKeys("s");
    }
  }

  @Test
  void ledgerWhoseRecordsAreGoneIsNotTakenForANewOne() throws IOException {
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.putSession("s", new byte[] {1});
    }
    Files.delete(directory.resolve("ledger.db"));
    assertThatThrownBy(() -> LedgerStore.open(directory).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was acknowledged");
  }

  @Test
  void stepAfterTheEndIsRefused() {
    LedgerStore store = LedgerStore.open(directory);
    store.putSession("s", new byte[] {1});
    store.close();
    assertThatThrownBy(() -> store.putSession("s", new byte[] {2}))
        .isInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void keysAreThePiecesOfTheBlock() {
    byte[] block = key(200);
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.storeBlock("s", 2, true, block);
      assertThat(store.reserve(List.of("s"), List.of(ONE, TWO), 45)).isPresent();
      List<DeliveredKey> keys = store.deliver(Map.of("s", List.of(TWO, ONE)));
      assertThat(keys.get(0).key()).isEqualTo(slice(block, 45, 90));
      assertThat(keys.get(1).key()).isEqualTo(slice(block, 0, 45));
      assertThat(store.stock("s").availableBits()).isEqualTo(80);
    }
  }

  @Test
  void stockOutlivesARestartAndWhatWasInFlightIsBurnt() {
    byte[] block = key(192);
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.storeBlock("s", 2, true, block);
      store.putSession("s", new byte[] {1, 2});
      assertThat(store.reserve(List.of("s"), List.of(ONE, TWO), 32)).isPresent();
      store.deliver(Map.of("s", List.of(ONE)));
    }
    try (LedgerStore store = LedgerStore.open(directory)) {
      assertThat(store.sessions().get("s")).isEqualTo(new byte[] {1, 2});
      assertThat(store.stock("s").availableBits()).isEqualTo(256);
      assertThat(store.stock("s").counters().burntKeyCount()).isEqualTo(1);
      assertThat(store.untoldBurns("s", 10)).extracting(ReservedKey::id).containsExactly(TWO);
      assertThatThrownBy(() -> store.deliver(Map.of("s", List.of(TWO))))
          .isInstanceOf(IllegalStateException.class);
      store.burnsTold("s", List.of(TWO));
      UUID three = new UUID(0, 3);
      assertThat(store.reserve(List.of("s"), List.of(three), 32)).isPresent();
      assertThat(store.deliver(Map.of("s", List.of(three))).getFirst().key())
          .isEqualTo(slice(block, 64, 96));
    }
  }

  @Test
  void crashAtAnyStepNeverIssuesAKeyTwice() throws IOException {
    Path live = directory.resolve("live");
    List<Path> crashes = new ArrayList<>();
    byte[] block = key(256);
    try (LedgerStore store = LedgerStore.open(live)) {
      store.storeBlock("s", 2, true, block);
      crashes.add(copy(live, "stored"));
      assertThat(store.reserve(List.of("s"), List.of(ONE), 32)).isPresent();
      crashes.add(copy(live, "reserved"));
      store.deliver(Map.of("s", List.of(ONE)));
      crashes.add(copy(live, "delivered"));
    }
    int[] availableBits = {1024, 768, 768};
    for (int i = 0; i < crashes.size(); i++) {
      try (LedgerStore store = LedgerStore.open(crashes.get(i))) {
        assertThat(store.stock("s").availableBits()).isEqualTo(availableBits[i]);
        assertThat(store.stock("s").counters().burntKeyCount()).isEqualTo(i == 1 ? 1 : 0);
        assertThatThrownBy(() -> store.deliver(Map.of("s", List.of(ONE))))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(directory.resolve(name));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  @Test
  void lostCommitsAreNoticed() throws IOException {
    Path live = directory.resolve("live");
    Path old;
    try (LedgerStore store = LedgerStore.open(live)) {
      store.storeBlock("s", 2, true, key(128));
      old = copy(live, "old");
      assertThat(store.reserve(List.of("s"), List.of(ONE), 32)).isPresent();
      store.deliver(Map.of("s", List.of(ONE)));
      Files.copy(
          live.resolve("ledger.anchor"),
          old.resolve("ledger.anchor"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertThatThrownBy(() -> LedgerStore.open(old).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("acknowledged");
  }

  @Test
  void lostAnchorIsNoticed() throws IOException {
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.storeBlock("s", 2, true, key(128));
    }
    Files.delete(directory.resolve("ledger.anchor"));
    assertThatThrownBy(() -> LedgerStore.open(directory).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ledger.anchor must be there");
  }

  @Test
  void halvesKeepTheirOwnersOverARestart() {
    byte[] block = key(101);
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.storeBlock("s", 1, false, block);
      store.confirmBlock("s", 1);
    }
    try (LedgerStore store = LedgerStore.open(directory)) {
      assertThat(store.stock("s").availableBits()).isEqualTo(8 * 50);
      ReservedKey leaders = new ReservedKey(ONE, List.of(new KeyPiece(1, 0, 51)));
      assertThat(store.reserveForPeer("s", List.of(leaders)))
          .isEqualTo(new PeerReservation.Reserved());
      assertThat(store.reserve(List.of("s"), List.of(TWO), 50)).isPresent();
      assertThat(store.deliver(Map.of("s", List.of(TWO))).getFirst().key())
          .isEqualTo(slice(block, 51, 101));
      assertThat(store.fetch(List.of("s"), List.of(ONE)).orElseThrow().getFirst().key())
          .isEqualTo(slice(block, 0, 51));
      assertThat(store.stock("s").storedBits()).isZero();
    }
  }

  @Test
  void changedRecordIsNoticed() throws Exception {
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.storeBlock("s", 2, true, key(64));
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE name LIKE 'block/%'");
    }
    assertThatThrownBy(() -> LedgerStore.open(directory).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void keyIsNeverOnDiskInClear() throws IOException {
    byte[] block = key(256);
    try (LedgerStore store = LedgerStore.open(directory)) {
      store.storeBlock("s", 2, true, block);
      assertThat(store.reserve(List.of("s"), List.of(ONE), 32)).isPresent();
      store.deliver(Map.of("s", List.of(ONE)));
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          for (int from = 0; from < 256; from += 16) {
            byte[] part = slice(block, from, from + 16);
            assertThat(content).doesNotContain(new String(part, StandardCharsets.ISO_8859_1));
            assertThat(content).doesNotContain(HexFormat.of().formatHex(part));
          }
        }
      }
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ledger.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void oneOf64ThreadsGetsTheKey() throws Exception {
    try (LedgerStore store = LedgerStore.open(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      store.storeBlock("s", 1, true, key(64));
      store.reserveForPeer("s", List.of(new ReservedKey(ONE, List.of(new KeyPiece(1, 32, 32)))));
      List<Callable<Optional<List<DeliveredKey>>>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(() -> store.fetch(List.of("s"), List.of(ONE)));
      }
      int successes = 0;
      for (Future<Optional<List<DeliveredKey>>> call : threads.invokeAll(calls)) {
        Optional<List<DeliveredKey>> keys = call.get();
        successes += keys.isPresent() ? 1 : 0;
        keys.ifPresent(list -> assertThat(list.getFirst().key()).isEqualTo(slice(key(64), 32, 64)));
      }
      assertThat(successes).isEqualTo(1);
    }
  }

  @Test
  void everyThreadGetsAnotherKey() throws Exception {
    try (LedgerStore store = LedgerStore.open(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      store.storeBlock("s", 2, true, key(64 * 100));
      List<Callable<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        UUID id = new UUID(7, i);
        calls.add(() -> {
          assertThat(store.reserve(List.of("s"), List.of(id), 32)).isPresent();
          return store.deliver(Map.of("s", List.of(id))).getFirst().key();
        });
      }
      List<String> keys = new ArrayList<>();
      for (Future<byte[]> call : threads.invokeAll(calls)) {
        keys.add(HexFormat.of().formatHex(call.get()));
      }
      assertThat(keys).doesNotHaveDuplicates().hasSize(100);
      assertThat(store.reserve(List.of("s"), List.of(ONE), 1)).isEmpty();
    }
  }
}
