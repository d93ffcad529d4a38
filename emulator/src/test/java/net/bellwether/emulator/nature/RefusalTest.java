package net.bellwether.emulator.nature;

import static net.bellwether.emulator.nature.Laboratory.A;
import static net.bellwether.emulator.nature.Laboratory.AB;
import static net.bellwether.emulator.nature.Laboratory.B;
import static net.bellwether.emulator.nature.Laboratory.BC;
import static net.bellwether.emulator.nature.Laboratory.C;
import static net.bellwether.emulator.nature.Laboratory.ROUNDS;
import static net.bellwether.emulator.nature.Laboratory.STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

final class RefusalTest {
  private final Laboratory lab = new Laboratory(61, Operations.IDEAL, STABLE).run(1);
  private final List<Herald> left = lab.take(AB);
  private final Herald herald = left.get(0);
  private final PairId pair = lab.id(herald);
  private final PairId second = lab.id(left.get(1));
  private final Herald rightHerald = lab.take(BC).get(0);
  private final PairId right = lab.id(rightHerald);
  private final NetworkTime both = NetworkTime.later(left.get(1).time(), rightHerald.time());

  private static void assertRefused(Outcome outcome, String... words) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) outcome).reason()).contains(words).endsWith(".");
  }

  @Test
  void anUnknownPair() {
    PairId unknown = new PairId.Elementary(AB, lab.nature.epoch(), 99_999);
    assertRefused(lab.measure(A, unknown, herald.time(), Basis.Z), "ab#7.99999", "unknown");
  }

  @Test
  void anExpiredPairIsNeverSwapped() {
    lab.advance(45);
    NetworkTime late = lab.nature.now();
    assertRefused(lab.swap(pair, right, lab.newName(), late), "unknown or has expired");
  }

  @Test
  void aStampBeforeTheHerald() {
    assertRefused(
        lab.measure(A, pair, herald.time().plusPicos(-1), Basis.Z), "is before", "herald");
  }

  @Test
  void aStampBeforeTheLastOperationOnThatQubit() {
    NetworkTime later = both.plusPicos(1000);
    Command.Purify purify = new Command.Purify(1, later, pair, second, PurificationProtocol.DEJMPS);
    lab.tell(A, purify);
    lab.tell(B, purify);
    assertRefused(lab.measure(A, pair, both, Basis.Z), "is before", "last operation");
    assertThat(lab.measure(A, pair, later, Basis.Z)).isInstanceOf(Outcome.Measured.class);
  }

  @Test
  void aStampAfterTheEndOfTheRound() {
    NetworkTime end = ROUNDS.end(herald.time().frame(), ROUNDS.indexAt(herald.time()));
    assertRefused(lab.measure(A, pair, end.plusPicos(1), Basis.Z), "after the end of the round");
    assertThat(lab.measure(A, pair, end, Basis.Z)).isInstanceOf(Outcome.Measured.class);
  }

  @Test
  void aStampOlderThanFourSeconds() {
    lab.advance(39);
    assertThat(lab.measure(A, pair, herald.time(), Basis.Z)).isInstanceOf(Outcome.Measured.class);
    lab.advance(1);
    assertRefused(lab.measure(B, pair, herald.time(), Basis.Z), "more than 4 s old");
  }

  @Test
  void anotherNodesHalf() {
    assertRefused(lab.measure(C, pair, herald.time(), Basis.Z), "Node c holds no half of pair");
  }

  @Test
  void aQubitThatIsGone() {
    lab.measure(A, pair, herald.time(), Basis.Z);
    assertRefused(lab.measure(A, pair, both, Basis.Z), "already measured");
    lab.tell(B, new Command.Release(1, herald.time(), second));
    assertRefused(lab.measure(B, second, both, Basis.Z), "already released");
  }

  @Test
  void aPairThatBothEndsAreDoneWith() {
    lab.measure(A, pair, herald.time(), Basis.Z);
    lab.tell(B, new Command.Release(1, herald.time(), pair));
    assertRefused(lab.measure(B, pair, both, Basis.Z), "both ends are done with it");
    int before = lab.nature.pairCount();
    lab.swap(second, right, lab.newName(), both);
    assertThat(lab.nature.pairCount()).isEqualTo(before + 1);
    lab.measure(A, second, both, Basis.Z);
    lab.measure(C, right, both, Basis.Z);
    assertThat(lab.nature.pairCount()).isEqualTo(before - 2);
  }

  @Test
  void aQubitThatWasSwapped() {
    lab.swap(second, right, lab.newName(), both);
    assertRefused(lab.measure(B, second, both, Basis.Z), "already used in a swap");
  }

  @Test
  void aSwapOfAPairWithItself() {
    assertRefused(lab.swap(pair, pair, lab.newName(), both), "two other nodes");
    assertRefused(lab.swap(pair, second, lab.newName(), both), "two other nodes");
  }

  @Test
  void aResultWhoseNameIsNotNewOrNotOnesOwn() {
    PairId.Swapped name = lab.newName();
    assertThat(lab.swap(pair, right, name, both)).isInstanceOf(Outcome.Swapped.class);
    assertRefused(lab.swap(second, lab.id(left.get(2)), name, both), "must be a new name");
    assertRefused(
        lab.swap(second, second, new PairId.Swapped(A, 1, 99), both), "must be a new name");
  }

  @Test
  void aPairThatWaitsForTheOtherSideOfItsPurification() {
    Command.Purify purify = new Command.Purify(1, both, pair, second, PurificationProtocol.DEJMPS);
    assertThat(lab.tell(A, purify)).isInstanceOf(Outcome.Purified.class);
    assertRefused(lab.measure(A, pair, both, Basis.Z), "waits for the other side");
    assertRefused(lab.swap(pair, right, lab.newName(), both), "waits for the other side");
    assertRefused(
        lab.tell(B, new Command.Purify(1, both, second, pair, PurificationProtocol.DEJMPS)),
        "The other end purifies");
    assertThat(lab.tell(B, purify)).isInstanceOf(Outcome.Purified.class);
    assertThat(lab.measure(A, pair, both, Basis.Z)).isInstanceOf(Outcome.Measured.class);
  }

  @Test
  void whatANodeHeldBeforeItDetached() {
    lab.nature.detach(A);
    lab.nature.attach(A);
    assertRefused(lab.measure(A, pair, both, Basis.Z), "lost when node a detached");
    assertThat(lab.measure(B, pair, both, Basis.Z)).isInstanceOf(Outcome.Measured.class);
  }
}
