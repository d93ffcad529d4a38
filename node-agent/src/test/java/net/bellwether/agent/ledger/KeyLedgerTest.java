package net.bellwether.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyLedgerTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  private final KeyLedger leader = new KeyLedger();
  private final KeyLedger follower = new KeyLedger();

  private void block(long number, int bytes) {
    follower.storeBlock("s", number, false, bytes);
    leader.storeBlock("s", number, true, bytes);
    follower.confirmBlock("s", number);
  }

  @Test
  void everyBlockIsServedByOneEnd() {
    block(1, 100);
    block(2, 60);
    assertThat(follower.session("s").availableBytes()).isEqualTo(100);
    assertThat(leader.session("s").availableBytes()).isEqualTo(60);
  }

  @Test
  void followersBlockIsNoStockBeforeItIsConfirmed() {
    follower.storeBlock("s", 1, false, 100);
    assertThat(follower.reserve("s", List.of(ONE), 32)).isEmpty();
    follower.confirmBlock("s", 1);
    assertThat(follower.reserve("s", List.of(ONE), 32)).isPresent();
    assertThat(follower.session("s").counters.distilledBits()).isEqualTo(800);
  }

  @Test
  void droppedBlockNeverBecomesStock() {
    follower.storeBlock("s", 1, false, 100);
    follower.dropBlock("s", 1);
    follower.confirmBlock("s", 1);
    assertThat(follower.session("s").availableBytes()).isZero();
    assertThatThrownBy(() -> follower.storeBlock("s", 1, false, 100))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keyIsJoinedFromSeveralBlocks() {
    block(2, 20);
    block(4, 20);
    List<ReservedKey> keys = leader.reserve("s", List.of(ONE), 32).orElseThrow();
    assertThat(keys.getFirst().pieces())
        .containsExactly(new KeyPiece(2, 0, 20), new KeyPiece(4, 0, 12));
    assertThat(follower.reserveForPeer("s", keys)).isEqualTo(new PeerReservation.Reserved());
    assertThat(leader.reserve("s", List.of(TWO), 32)).isEmpty();
  }

  @Test
  void noByteIsEverTakenTwice() {
    SplittableRandom random = new SplittableRandom(8);
    byte[][] used = new byte[40][];
    for (int number = 2; number < 40; number += 2) {
      used[number] = new byte[1 + random.nextInt(200)];
      block(number, used[number].length);
    }
    for (int i = 0; i < 500; i++) {
      UUID id = new UUID(1, i);
      Optional<List<ReservedKey>> keys = leader.reserve("s", List.of(id), 1 + random.nextInt(40));
      if (keys.isEmpty()) {
        continue;
      }
      for (KeyPiece piece : keys.get().getFirst().pieces()) {
        for (int at = piece.offsetBytes(); at < piece.endBytes(); at++) {
          assertThat(used[(int) piece.block()][at]++).isZero();
        }
      }
      if (random.nextBoolean()) {
        leader.burn("s", List.of(id));
      } else if (random.nextBoolean()) {
        leader.deliver("s", List.of(id));
      }
    }
  }

  @Test
  void peerCannotTakeWhatIsTakenOrNotThereOrNotItsOwn() {
    block(1, 64);
    block(2, 64);
    ReservedKey first = new ReservedKey(ONE, List.of(new KeyPiece(2, 0, 32)));
    assertThat(follower.reserveForPeer("s", List.of(first)))
        .isInstanceOf(PeerReservation.Reserved.class);
    for (KeyPiece piece :
        List.of(
            new KeyPiece(2, 31, 2),
            new KeyPiece(2, 60, 5),
            new KeyPiece(1, 0, 8),
            new KeyPiece(8, 0, 8),
            new KeyPiece(2, Integer.MAX_VALUE, 1))) {
      assertThat(follower.reserveForPeer("s", List.of(new ReservedKey(TWO, List.of(piece)))))
          .as("%s", piece)
          .isInstanceOf(PeerReservation.Refused.class);
    }
    follower.takeChanges();
    assertThat(follower.reserveForPeer("s", List.of(first)))
        .isInstanceOf(PeerReservation.Reserved.class);
    assertThat(follower.takeChanges()).isEmpty();
  }

  @Test
  void keyIsFetchedOnceAndOnlyWithAllTheOthersAskedFor() {
    block(2, 64);
    List<ReservedKey> keys = leader.reserve("s", List.of(ONE, TWO), 32).orElseThrow();
    follower.reserveForPeer("s", keys);
    assertThat(follower.fetch(List.of("s"), List.of(ONE, new UUID(0, 3)))).isEmpty();
    assertThat(follower.fetch(List.of("s"), List.of(ONE, ONE))).isEmpty();
    assertThat(follower.fetch(List.of("other"), List.of(ONE))).isEmpty();
    assertThat(follower.fetch(List.of("s"), List.of(ONE, TWO)).orElseThrow()).hasSize(2);
    assertThat(follower.fetch(List.of("s"), List.of(ONE))).isEmpty();
    assertThat(follower.session("s").blocks).isEmpty();
  }

  @Test
  void burntKeyIsNeverDeliveredAndThePeerIsTold() {
    block(2, 64);
    List<ReservedKey> keys = leader.reserve("s", List.of(ONE), 32).orElseThrow();
    follower.reserveForPeer("s", keys);
    leader.burnAllOwn();
    assertThatThrownBy(() -> leader.deliver("s", List.of(ONE)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(leader.session("s").toTell.keySet()).containsExactly(ONE);
    follower.burntByPeer("s", List.of(ONE));
    leader.told("s", List.of(ONE));
    assertThat(leader.session("s").toTell).isEmpty();
    assertThat(follower.fetch(List.of("s"), List.of(ONE))).isEmpty();
    assertThat(leader.session("s").counters.burntKeyCount()).isEqualTo(1);
    assertThat(follower.session("s").counters.burntKeyCount()).isEqualTo(1);
  }
}
