package net.bellwether.agent.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistillationTest {
  private static final long SEED = 20_260_101;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.02, 0.03, 0.05})
  void bothEndsHoldTheSameBlocks(double errorRate) {
    TwoEnds ends = new TwoEnds(60_000, SEED);
    ends.distil(3, errorRate, errorRate);
    assertThat(ends.atLeader.failed).isEmpty();
    assertThat(ends.atFollower.failed).isEmpty();
    assertThat(ends.atLeader.finished.keySet()).containsExactly(1L, 2L, 3L);
    assertThat(ends.atFollower.confirmed).containsExactly(1L, 2L, 3L);
    ends.atLeader.finished.forEach(
        (block, key) -> assertThat(key).isEqualTo(ends.atFollower.finished.get(block)));
    assertThat(ends.atLeader.finished.get(1L)).isNotEqualTo(ends.atLeader.finished.get(2L));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.09, 0.11, 0.3})
  void errorRateTooHighYieldsNothing(double errorRate) {
    TwoEnds ends = new TwoEnds(20_000, SEED);
    ends.distil(2, errorRate, errorRate);
    assertThat(ends.atFollower.finished).isEmpty();
    assertThat(ends.atLeader.finished).isEmpty();
    assertThat(ends.atLeader.failed).hasSizeGreaterThanOrEqualTo(2);
    assertThat(ends.atLeader.failed).isEqualTo(ends.atFollower.failed);
  }

  @Test
  void phaseErrorsAloneForbidKey() {
    TwoEnds ends = new TwoEnds(20_000, SEED);
    ends.distil(1, 0, 0.3);
    assertThat(ends.atLeader.failed)
        .containsExactly("1: certifies no key at the error rates measured");
  }

  @Test
  void bothEndsCountTheSameErrors() {
    TwoEnds ends = new TwoEnds(60_000, SEED);
    ends.distil(2, 0.03, 0.05);
    for (Basis basis : Basis.values()) {
      long[] here = ends.atLeader.compared(basis);
      assertThat(here).isEqualTo(ends.atFollower.compared(basis));
      assertThat((double) here[1] / here[0])
          .isCloseTo(basis == Basis.Z ? 0.03 : 0.05, within(0.008));
    }
    assertThat(ends.atLeader.compared(Basis.Z)[0]).isEqualTo(120_000);
  }

  @Test
  void framesDoNotContainKeyBasisBits() {
    TwoEnds ends = new TwoEnds(20_000, SEED);
    List<DeliveredPair> all = new ArrayList<>();
    List<DeliveredPair> others = new ArrayList<>();
    while (ends.atFollower.confirmed.isEmpty() && ends.atFollower.failed.isEmpty()) {
      TwoEnds.Pairs pairs = ends.pairs(2000, 0.02, 0.02);
      for (int i = 0; i < pairs.leader().size(); i++) {
        DeliveredPair left = pairs.leader().get(i);
        if (left.basis() == Basis.Z && pairs.follower().get(i).basis() == Basis.Z) {
          all.add(left);
          others.add(pairs.follower().get(i));
        }
      }
      ends.deliver(pairs);
    }
    assertThat(ends.toLeader).hasSizeGreaterThan(10);
    for (List<DeliveredPair> outcomes : List.of(all, others)) {
      List<byte[]> frames = new ArrayList<>(ends.toFollower);
      frames.addAll(ends.toLeader);
      assertThat(TranscriptSearch.longestRun(frames, outcomes, 40))
          .as("no 40 consecutive key-basis bits in any frame")
          .isLessThan(40);
    }
  }

  @Test
  void tamperedParitiesLeadToNothing() {
    TwoEnds ends = new TwoEnds(20_000, SEED);
    boolean[] done = {false};
    ends.channel =
        (toFollower, frame) -> {
          if (!done[0] && toFollower && frame[0] == FrameType.TAG.code()) {
            done[0] = true;
            byte[] changed = frame.clone();
            changed[changed.length - 1] ^= 1;
            return changed;
          }
          return frame;
        };
    ends.distil(1, 0.02, 0.02);
    assertThat(ends.atFollower.failed).containsExactly("1: verification failed");
    assertThat(ends.atLeader.failed).containsExactly("1: verification failed");
    assertThat(ends.atFollower.finished).isEmpty();
  }

  @Test
  void wrongParityIsCaughtByVerification() {
    TwoEnds ends = new TwoEnds(4_000, SEED);
    boolean[] done = {false};
    ends.channel =
        (toFollower, frame) -> {
          if (!done[0] && toFollower && frame[0] == FrameType.PARITIES.code()) {
            done[0] = true;
            byte[] changed = frame.clone();
            changed[5] ^= 0x10;
            return changed;
          }
          return frame;
        };
    ends.distil(1, 0.02, 0.02);
    assertThat(ends.atFollower.finished).isEmpty();
    assertThat(ends.atLeader.finished).isEmpty();
    assertThat(ends.atLeader.failed).isNotEmpty();
  }

  @Test
  void pairsMissingAtOneEndAndOrderOfDeliveryDoNotMatter() {
    TwoEnds ends = new TwoEnds(60_000, SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    while (ends.atFollower.confirmed.size() < 2) {
      assertThat(ends.atFollower.failed).isEmpty();
      TwoEnds.Pairs pairs = ends.pairs(2000, 0.02, 0.02);
      List<DeliveredPair> left = new ArrayList<>(pairs.leader());
      List<DeliveredPair> right = new ArrayList<>(pairs.follower());
      left.removeIf(pair -> random.nextDouble() < 0.05);
      right.removeIf(pair -> random.nextDouble() < 0.05);
      Collections.shuffle(right, new Random(random.nextLong()));
      ends.deliver(new TwoEnds.Pairs(left, right));
    }
    ends.atLeader.finished.forEach(
        (block, key) -> assertThat(key).isEqualTo(ends.atFollower.finished.get(block)));
  }

  @Test
  void followerTellsWhatItHasStoredAndLearnsWhatTheLeaderHas() {
    DistillationLeader leader =
        new DistillationLeader(20_000, 4, block -> block <= 4, new SplittableRandom(SEED));
    DistillationFollower follower = new DistillationFollower(5, List.of(4L, 5L));
    TwoEnds ends = new TwoEnds(leader, follower, SEED);
    assertThat(ends.atFollower.confirmed).containsExactly(4L);
    assertThat(ends.atFollower.missing).containsExactly(5L);
    ends.distil(2, 0, 0);
    assertThat(ends.atLeader.finished.keySet()).containsExactly(6L);
  }

  @Test
  void malformedFramesAreRefused() {
    SplittableRandom random = new SplittableRandom(SEED);
    TwoEnds ends = new TwoEnds(4_000, SEED);
    ends.distil(1, 0.01, 0.01);
    for (byte[] frame : List.copyOf(ends.toFollower)) {
      byte[] cut = java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
      assertThatThrownBy(() -> new DistillationFollower(0, List.of()).receive(cut))
          .isInstanceOf(ProtocolViolation.class);
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[1 + random.nextInt(40)];
      random.nextBytes(noise);
      noise[0] = (byte) random.nextInt(18);
      try {
        new DistillationFollower(0, List.of()).receive(noise);
        new DistillationLeader(4000, 0, block -> false, random).receive(noise);
      } catch (ProtocolViolation expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void outcomesAreNotShown() {
    PairId pair = new PairId.Elementary(LinkId.of("a-b"), 1, 2);
    assertThat(new Outcome(pair, Basis.Z, true, 3).toString())
        .isEqualTo(new Outcome(pair, Basis.Z, false, 3).toString());
  }
}
