package net.bellwether.controller.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.bellwether.topology.pair.OutcomeFrame;
import org.junit.jupiter.api.Test;

class TestMatcherTest {
  private static final int SEEDS = 200;
  private static final boolean A = false;
  private static final boolean B = true;

  private final TestMatcher matcher = new TestMatcher();
  private long second = 1_000;

  private static OutcomeFrame zeros(LongStream sequences) {
    OutcomeFrame.Writer writer = new OutcomeFrame.Writer();
    sequences.forEach(sequence -> writer.add(sequence, false));
    return writer.frame();
  }

  private static OutcomeFrame frame(String bits) {
    OutcomeFrame.Writer writer = new OutcomeFrame.Writer();
    for (int i = 0; i < bits.length(); i++) {
      writer.add(i, bits.charAt(i) == '1');
    }
    return writer.frame();
  }

  private long compared(long epoch, OutcomeFrame outcomes, boolean fromB) {
    return Arrays.stream(matcher.match(epoch, outcomes, fromB, second).pairs()).sum();
  }

  @Test
  void outcomesOfBothEndsAreComparedInTheBasisOfTheirSequence() {
    assertThat(compared(7, frame("000000"), A)).isZero();
    TestMatcher.Comparisons both = matcher.match(7, frame("000011"), B, second);
    // Z, X, Y in turn.
    assertThat(both.pairs()).containsExactly(2, 2, 2);
    assertThat(both.errors()).containsExactly(0, 1, 1);
    assertThat(matcher.pending()).isZero();
  }

  @Test
  void outcomeSaidTwiceCountsOnceAsSaidLast() {
    assertThat(compared(7, frame("1"), A)).isZero();
    assertThat(compared(7, frame("0"), A)).isZero();
    assertThat(matcher.match(7, frame("0"), B, second).errors()).containsExactly(0, 0, 0);
    assertThat(compared(7, frame("1"), B)).isZero();
  }

  @Test
  void outcomesOfAnotherEpochAreOfOtherPairs() {
    assertThat(compared(7, frame("111"), A)).isZero();
    assertThat(compared(8, frame("111"), B)).isZero();
    assertThat(compared(8, frame("111"), A)).isEqualTo(3);
  }

  @Test
  void reportOfAnEndTenSecondsLateStillFindsItsPairs() {
    for (int i = 0; i < 10; i++) {
      second++;
      assertThat(compared(7, zeros(LongStream.range(i * 2_000L, (i + 1) * 2_000L)), A)).isZero();
    }
    assertThat(compared(7, zeros(LongStream.range(0, 20_000)), B)).isEqualTo(20_000);
  }

  @Test
  void outcomesWhoseOtherEndNeverComesGiveWay() {
    for (int i = 0; i < 100; i++) {
      second++;
      assertThat(compared(7, zeros(LongStream.range(i * 20_000L, (i + 1) * 20_000L)), A)).isZero();
      assertThat(matcher.pending()).isLessThanOrEqualTo(TestMatcher.PENDING_MAX);
    }
    assertThat(compared(7, zeros(LongStream.range(1_980_000L, 2_000_000L)), B)).isEqualTo(20_000);
  }

  @Test
  void fewLostOutcomesDoNotMakeItGrow() {
    for (int i = 0; i < 20_000; i++) {
      second++;
      long first = i * 20L;
      assertThat(compared(7, zeros(LongStream.range(first, first + 20)), A)).isZero();
      assertThat(compared(7, zeros(LongStream.range(first, first + 19)), B)).isEqualTo(19);
    }
    assertThat(matcher.pending()).isLessThanOrEqualTo(256);
  }

  /// Against a map: random orders, losses and sequences far apart.
  @Test
  void pendingOutcomesAreAMapOfBoundedSize() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PendingOutcomes pending = new PendingOutcomes(32);
      Map<Long, Integer> model = new HashMap<>();
      Set<Long> names = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        names.add(random.nextLong(1L << random.nextInt(4, 59)));
      }
      Long[] sequences = new TreeSet<>(names).toArray(Long[]::new);
      for (int i = 0; i < 1_000; i++) {
        long sequence = sequences[random.nextInt(sequences.length)];
        if (random.nextBoolean() && !pending.isFull()) {
          int bit = random.nextInt(2);
          pending.put(sequence, B, bit);
          model.put(sequence, bit);
        } else {
          Integer known = model.remove(sequence);
          assertThat(pending.take(sequence, A)).isEqualTo(PendingOutcomes.NONE);
          assertThat(pending.take(sequence, B))
              .as("seed %d", seed)
              .isEqualTo(known == null ? PendingOutcomes.NONE : known);
        }
        assertThat(pending.size()).as("seed %d", seed).isEqualTo(model.size());
      }
    }
  }
}
