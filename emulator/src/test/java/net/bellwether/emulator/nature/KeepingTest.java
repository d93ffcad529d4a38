package net.bellwether.emulator.nature;

import static net.bellwether.emulator.nature.Laboratory.A;
import static net.bellwether.emulator.nature.Laboratory.AB;
import static net.bellwether.emulator.nature.Laboratory.B;
import static net.bellwether.emulator.nature.Laboratory.STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.time.NetworkTime;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Halves that stay in memory beyond their rounds.
class KeepingTest {
  private static final Operations PERFECT = new Operations(1, 0, 1);
  private static final long SECOND_PICOS = NetworkTime.PICOS_PER_SECOND;

  private static Outcome keep(
      Laboratory lab, NodeId node, PairId pair, NetworkTime stamp, long holdPicos) {
    return lab.tell(node, new Command.Keep(1, stamp, pair, stamp.plusPicos(holdPicos)));
  }

  private static Outcome measure(
      Laboratory lab, NodeId node, PairId pair, NetworkTime stamp, Direction direction) {
    return lab.tell(node, new Command.MeasureAlong(2, stamp, pair, direction));
  }

  private static boolean bit(
      Laboratory lab, NodeId node, PairId pair, NetworkTime stamp, Direction direction) {
    return switch (measure(lab, node, pair, stamp, direction)) {
      case Outcome.Measured measured -> measured.bit();
      case Outcome other -> throw new AssertionError(other);
    };
  }

  private static String refusal(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> refused.reason();
      case Outcome other -> throw new AssertionError(other);
    };
  }

  private static NatureReport.OfNode report(Laboratory lab, NodeId node) {
    return lab.nature.describe().nodes().stream()
        .filter(each -> each.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  /// Mean product of outcomes along `left` at A and `right` at B, after `holdPicos` in memory, with
  /// the frame corrected at B.
  private static double correlation(
      Laboratory lab, Direction left, Direction right, long holdPicos) {
    int sum = 0;
    int count = 0;
    while (count < 4_000) {
      lab.run(1);
      for (Herald herald : lab.take(AB)) {
        PairId pair = lab.id(herald);
        keep(lab, A, pair, herald.time(), 2 * SECOND_PICOS);
        keep(lab, B, pair, herald.time(), 2 * SECOND_PICOS);
        NetworkTime later = herald.time().plusPicos(holdPicos);
        boolean equal =
            bit(lab, A, pair, later, left)
                == bit(lab, B, pair, later, right.corrected(herald.bellIndex()));
        sum += equal ? 1 : -1;
        count++;
      }
    }
    return sum / (double) count;
  }

  private static double expected(BellDiagonal state, Direction left, Direction right) {
    return left.x() * right.x() * state.correlationXX()
        - left.y() * right.y() * state.correlationYY()
        + left.z() * right.z() * state.correlationZZ();
  }

  @Test
  void outcomesAlongAnyDirectionsAreCorrelatedAsTheStateIs() {
    Laboratory lab = new Laboratory(5, PERFECT, STABLE);
    BellDiagonal state = lab.physics(AB).state();
    Direction left = new Direction(0.6, 0.48, 0.64);
    for (Direction right :
        List.of(Direction.inXz(0.7), new Direction(0.64, 0.6, 0.48), Direction.ALONG_Y)) {
      assertThat(correlation(lab, left, right, 0))
          .isCloseTo(expected(state, left, right), Offset.offset(0.06));
    }
  }

  @Test
  void keptHalvesAgeUntilTheyAreMeasured() {
    Qubits memory = new Qubits(200, 3, 1);
    Laboratory lab = new Laboratory(6, PERFECT, memory);
    BellDiagonal aged = lab.physics(AB).state().decayed(0.4, memory, 0.4, memory);
    for (Direction direction : List.of(Direction.ALONG_X, Direction.ALONG_Z)) {
      assertThat(correlation(lab, direction, direction, 2 * SECOND_PICOS / 5))
          .isCloseTo(expected(aged, direction, direction), Offset.offset(0.06));
    }
  }

  @Test
  void keptHalfOutlivesItsRoundAndTheMemoryOfPairsUntilItsDeadline() {
    Laboratory lab = new Laboratory(7, PERFECT, STABLE).run(1);
    List<Herald> heralds = lab.take(AB);
    PairId first = lab.id(heralds.get(0));
    PairId second = lab.id(heralds.get(1));
    NetworkTime made = heralds.get(1).time();
    for (PairId pair : List.of(first, second)) {
      assertThat(keep(lab, A, pair, made, 8 * SECOND_PICOS)).isInstanceOf(Outcome.Kept.class);
    }
    lab.advance(60);
    NetworkTime later = made.plusPicos(6 * SECOND_PICOS);
    assertThat(measure(lab, A, first, later, Direction.ALONG_Z))
        .isInstanceOf(Outcome.Measured.class);
    assertThat(refusal(measure(lab, B, second, later, Direction.ALONG_Z)))
        .contains("after the end of the round");
    lab.advance(25);
    assertThat(report(lab, A).keptQubitCount()).isZero();
    assertThat(
            refusal(measure(lab, A, second, made.plusPicos(9 * SECOND_PICOS), Direction.ALONG_Z)))
        .contains("after the deadline of pair");
  }

  @Test
  void fullMemoryRefusesUntilAHalfIsGivenBackOrPassesItsDeadline() {
    Laboratory lab = new Laboratory(8, PERFECT, new Qubits(2, 1e6, 1e6)).run(1);
    List<Herald> heralds = lab.take(AB);
    NetworkTime stamp = heralds.get(4).time();
    PairId[] pairs = heralds.stream().limit(5).map(lab::id).toArray(PairId[]::new);
    assertThat(keep(lab, A, pairs[0], stamp, SECOND_PICOS)).isInstanceOf(Outcome.Kept.class);
    assertThat(keep(lab, A, pairs[1], stamp, 1_000)).isInstanceOf(Outcome.Kept.class);
    assertThat(refusal(keep(lab, A, pairs[2], stamp, SECOND_PICOS)))
        .isEqualTo("All 2 memory qubits of node a hold halves that are kept.");
    assertThat(keep(lab, B, pairs[2], stamp, SECOND_PICOS)).isInstanceOf(Outcome.Kept.class);
    assertThat(keep(lab, A, pairs[2], stamp.plusPicos(1_001), SECOND_PICOS))
        .isInstanceOf(Outcome.Kept.class);
    assertThat(refusal(measure(lab, A, pairs[1], stamp, Direction.ALONG_Z)))
        .contains("dropped: its deadline has passed");
    lab.tell(A, new Command.Release(9, stamp, pairs[0]));
    assertThat(keep(lab, A, pairs[3], stamp.plusPicos(1_002), SECOND_PICOS))
        .isInstanceOf(Outcome.Kept.class);
    assertThat(report(lab, A).keptQubitCount()).isEqualTo(2);
  }

  @Test
  void deadlineMustBeAfterTheStampByAtMostAMinute() {
    Laboratory lab = new Laboratory(9, PERFECT, STABLE).run(1);
    Herald herald = lab.take(AB).getFirst();
    assertThat(refusal(keep(lab, A, lab.id(herald), herald.time(), 0))).contains("The deadline");
    assertThat(refusal(keep(lab, A, lab.id(herald), herald.time(), 61 * SECOND_PICOS)))
        .contains("by at most a minute");
  }

  @Test
  void nodeThatDetachesLosesWhatItKeeps() {
    Laboratory lab = new Laboratory(10, PERFECT, STABLE).run(1);
    Herald herald = lab.take(AB).getFirst();
    keep(lab, A, lab.id(herald), herald.time(), SECOND_PICOS);
    lab.nature.detach(A);
    lab.nature.attach(A);
    assertThat(report(lab, A).keptQubitCount()).isZero();
    assertThat(refusal(measure(lab, A, lab.id(herald), herald.time(), Direction.ALONG_Z)))
        .contains("was lost when node a detached");
  }
}
