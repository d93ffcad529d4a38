package net.bellwether.topology.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeFrameTest {
  private static final int SEEDS = 500;

  private record Outcome(long sequence, int bit) {}

  private static OutcomeFrame packed(List<Outcome> outcomes) {
    OutcomeFrame.Writer writer = new OutcomeFrame.Writer();
    outcomes.forEach(outcome -> writer.add(outcome.sequence(), outcome.bit() == 1));
    return writer.frame();
  }

  private static List<Outcome> read(OutcomeFrame frame) {
    List<Outcome> outcomes = new ArrayList<>();
    OutcomeFrame.Cursor cursor = frame.cursor();
    while (cursor.next()) {
      outcomes.add(new Outcome(cursor.sequence(), cursor.bit()));
    }
    return outcomes;
  }

  /// Runs of neighbours with gaps of every magnitude.
  private static List<Outcome> drawn(SplittableRandom random) {
    List<Outcome> outcomes = new ArrayList<>();
    long sequence = random.nextLong(1L << random.nextInt(1, 59)) - 1;
    for (int i = random.nextInt(300); i > 0; i--) {
      long step = random.nextInt(10) < 8 ? 1 : 1 + random.nextLong(1L << random.nextInt(1, 50));
      sequence += step;
      outcomes.add(new Outcome(sequence, random.nextInt(2)));
    }
    return outcomes;
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex.strip());
  }

  @Test
  void layoutIsTheDocumentedOne() {
    OutcomeFrame frame = packed(List.of(new Outcome(0, 1), new Outcome(1, 0), new Outcome(65, 1)));
    assertThat(frame.bytes()).isEqualTo(bytes("03028101"));
  }

  @Test
  void whatIsPackedIsReadAgainFromItsBytes() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Outcome> outcomes = drawn(new SplittableRandom(seed));
      OutcomeFrame frame = OutcomeFrame.parse(packed(outcomes).bytes());
      assertThat(read(frame)).as("seed %d", seed).isEqualTo(outcomes);
      assertThat(frame.count()).as("seed %d", seed).isEqualTo(outcomes.size());
    }
  }

  @Test
  void anyBytesAreRefusedOrTheOnlySpellingOfWhatTheySay() {
    int read = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);
      OutcomeFrame frame;
      try {
        frame = OutcomeFrame.parse(bytes);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageStartingWith("outcomes");
        continue;
      }
      read++;
      assertThat(packed(read(frame)).bytes()).as("seed %d", seed).isEqualTo(bytes);
    }
    assertThat(read).isBetween(50, SEEDS - 50);
  }

  @Test
  void neighboursTakeOneByteEach() {
    OutcomeFrame.Writer writer = new OutcomeFrame.Writer();
    for (int i = 0; i < OutcomeFrame.OUTCOMES_MAX; i++) {
      writer.add(i, i % 3 == 0);
    }
    assertThat(writer.isFull()).isTrue();
    assertThat(writer.frame().bytes()).hasSize(OutcomeFrame.OUTCOMES_MAX);
    assertThatThrownBy(() -> writer.add(1_000_000, true))
        .hasMessage("a frame must have at most 20000 outcomes");
  }

  @ParameterizedTest
  @CsvSource({
    "00,        the pair at byte 0 must have a sequence above that of the pair before",
    "0201,      the pair at byte 1 must have a sequence above that of the pair before",
    "0282,      the pair at byte 1 must be a whole number of at most 9 bytes",
    "ffffffffffffffffff01, the pair at byte 0 must be a whole number of at most 9 bytes",
    "028200,    the pair at byte 1 must be written in as few bytes as it needs",
    "ffffffffffffffff7f, the pair at byte 0 must have a sequence of at most 1000000000000000000"
  })
  void malformedFrameIsRefusedWithPlaceAndRule(String hex, String refusal) {
    assertThatThrownBy(() -> OutcomeFrame.parse(bytes(hex))).hasMessage("outcomes: " + refusal);
  }

  @Test
  void tooManyOutcomesAreRefused() {
    byte[] bytes = new byte[OutcomeFrame.OUTCOMES_MAX + 1];
    java.util.Arrays.fill(bytes, (byte) 2);
    assertThatThrownBy(() -> OutcomeFrame.parse(bytes))
        .hasMessage("outcomes (20001 pairs) must be at most 20000 pairs");
    assertThatThrownBy(() -> OutcomeFrame.parse(new byte[180_001]))
        .hasMessage("outcomes (180001 bytes) must be at most 180000 bytes");
  }

  @Test
  void sequencesMustRise() {
    OutcomeFrame.Writer writer = new OutcomeFrame.Writer();
    writer.add(5, true);
    assertThatThrownBy(() -> writer.add(5, true))
        .hasMessageContaining("sequence (5) must be above the one before (5)");
  }
}
