package net.bellwether.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SqliteStateStoreTest extends StateStoreContractTest {
  private static final Retention SHORT = new Retention(10, 1 << 20);

  @Override
  StateStore open(Path directory) {
    return SqliteStateStore.open(directory);
  }

  private void reopenWith(Retention retention) {
    store.close();
    store = SqliteStateStore.open(directory, retention, InstantSource.system());
  }

  @Test
  void whatWasAcknowledgedSurvivesBeingKilled() throws Exception {
    Path killed = directory.resolve("killed");
    Random random = new Random(20_260_101);
    List<String> acknowledged = new ArrayList<>();
    long lastTerm = 0;
    for (int round = 0; round < 5; round++) {
      lastTerm = killAfter(30 + random.nextInt(120), killed, acknowledged, lastTerm);
      try (StateStore survivor =
          SqliteStateStore.open(killed, new Retention(50, 1 << 20), InstantSource.system())) {
        assertThat(survivor.term()).isGreaterThan(lastTerm);
        lastTerm = survivor.term();
        for (String key : acknowledged) {
          assertThat(survivor.get(key)).as(key).isPresent();
          assertThat(survivor.get(key).orElseThrow().value().toStringUtf8())
              .isEqualTo("value of " + key);
        }
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(150);
  }

  private static long killAfter(
      int acknowledgements, Path directory, List<String> acknowledged, long lastTerm)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CommittingProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long term = 0;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int count = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("term ")) {
          term = Long.parseLong(line.substring(5));
          assertThat(term).isGreaterThan(lastTerm);
        } else if (line.startsWith("ack ")) {
          acknowledged.add(line.substring(4));
          if (++count == acknowledgements) {
            // Not through the process itself: that would close its output before we have read it.
            process.toHandle().destroyForcibly();
          }
        }
      }
      assertThat(count).isGreaterThanOrEqualTo(acknowledgements);
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return term;
  }

  @Test
  void termRisesThoughTheClockGoesBackOrTheStoreIsBegunAnew() {
    InstantSource noon = InstantSource.fixed(Instant.ofEpochSecond(1_000_000));
    InstantSource earlier = InstantSource.fixed(Instant.ofEpochSecond(10));
    InstantSource later = InstantSource.fixed(Instant.ofEpochSecond(1_000_060));

    assertThat(termOf(directory.resolve("a"), noon)).isEqualTo(1_000_000);
    assertThat(termOf(directory.resolve("a"), earlier)).isEqualTo(1_000_001);
    assertThat(termOf(directory.resolve("a"), noon)).isEqualTo(1_000_002);
    assertThat(termOf(directory.resolve("b"), later)).isEqualTo(1_000_060);
  }

  private static long termOf(Path directory, InstantSource clock) {
    try (StateStore opened = SqliteStateStore.open(directory, SHORT, clock)) {
      return opened.term();
    }
  }

  @Test
  void secondProcessIsRefusedInOneLine() {
    assertThatThrownBy(() -> SqliteStateStore.open(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("store directory \\(.*\\) must be used by one process[^\\n]*");
    committed("op-1", put("a", "1"));
  }

  @Test
  void historyIsFoldedButItsOutcomeStays() {
    reopenWith(SHORT);
    long first = committed("first", put("kept", "from the beginning"), put("gone", "x"));
    committed("second", Operation.delete("gone"));
    for (int i = 0; i < 100; i++) {
      committed("op-" + i, put("changing", "" + i));
    }

    assertThatThrownBy(() -> store.list("", first, 10))
        .isInstanceOf(RevisionCompactedException.class)
        .hasMessageContaining("revision (" + first + ") must be at least");
    assertThatThrownBy(() -> store.watch(first, new Recorder()))
        .isInstanceOf(RevisionCompactedException.class);
    assertThat(texts(store.list("", store.revision() - 10, 10)))
        .containsExactly("changing=89", "kept=from the beginning");
    reopenWith(SHORT);
    assertThat(present("")).containsExactly("changing=99", "kept=from the beginning");
    assertThat(committed("op-99", put("changing", "again"))).isEqualTo(store.revision() - 1);
    assertThat(store.get("kept").orElseThrow().revision()).isEqualTo(first);
  }

  @Test
  void historyIsFoldedByItsBytesToo() {
    reopenWith(new Retention(1_000, 10_000));
    long first = store.revision();
    for (int i = 0; i < 30; i++) {
      committed("op-" + i, put("key", "x".repeat(1_000)));
    }
    assertThatThrownBy(() -> store.list("", first, 10))
        .isInstanceOf(RevisionCompactedException.class);
    assertThat(store.list("", store.revision() - 5, 10).entries()).hasSize(1);
  }

  @Test
  void watchThatFallsBehindIsToldToListAgain() {
    reopenWith(SHORT);
    Recorder slow =
        new Recorder() {
          @Override
          public void changed(StateStore.Change change) {
            super.changed(change);
            if (changes.size() == 1) {
              for (int i = 0; i < 50; i++) {
                committed("op-" + i, put("a", "" + i));
              }
            }
          }
        };
    store.watch(store.revision() + 1, slow);
    committed("first", put("a", "first"));

    await().until(() -> slow.ends.size() == 1);
    assertThat(slow.ends.getFirst()).contains("list again");
  }

  @Test
  void durableButUnacknowledgedCommitIsKept() throws Exception {
    committed("op-1", put("a", "1"));
    byte[] anchor = Files.readAllBytes(directory.resolve("anchor"));
    long second = committed("op-2", put("a", "2"));
    store.close();
    Files.write(directory.resolve("anchor"), anchor);

    store = open(directory);

    assertThat(present("")).containsExactly("a=2");
    assertThat(committed("op-2", put("a", "2"))).isEqualTo(second);
  }

  @Test
  void crashBetweenCreatingTheAnchorAndTheDatabaseLeavesAnEmptyStore() throws Exception {
    Path fresh = directory.resolve("fresh");
    SqliteStateStore.open(fresh).close();
    Path created = directory.resolve("created");
    Files.createDirectory(created);
    Anchor.create(
        created.resolve("anchor"),
        Anchor.Mark.ofNew(Anchor.read(fresh.resolve("anchor")).orElseThrow().store()));

    try (StateStore recovered = SqliteStateStore.open(created)) {
      assertThat(recovered.revision()).isEqualTo(1);
    }
  }

  @Test
  void missingFilesAreNamed() throws Exception {
    committed("op-1", put("a", "1"));
    store.close();
    StoreImage image = StoreImage.of(directory);

    image.without("anchor").restore(directory.resolve("copy"));
    assertDamaged(directory.resolve("copy"), "anchor is damaged: it is missing");
    image.without("store.db").restore(directory.resolve("copy"));
    assertDamaged(directory.resolve("copy"), "store.db is damaged: it is missing or empty");
    store = open(directory);
  }

  private static void assertDamaged(Path directory, String finding) {
    assertThatThrownBy(() -> SqliteStateStore.open(directory))
        .isInstanceOf(StoreDamagedException.class)
        .hasMessageContaining(finding)
        .hasMessageContaining("restore the whole directory " + directory);
  }
}
