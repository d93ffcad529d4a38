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

  private static Optional<List<ReservedKey>> reserve(
      KeyLedger ledger, List<UUID> ids, int lengthBytes) {
    return ledger
        .reserve(List.of("s"), ids, lengthBytes)
        .map(keys -> keys.sequencedValues().getFirst());
  }

  @Test
  void everyHalfOfABlockIsServedByOneEnd() {
    block(1, 101);
    assertThat(leader.session("s").availableBytes()).isEqualTo(51);
    assertThat(follower.session("s").availableBytes()).isEqualTo(50);
    List<ReservedKey> leaders = reserve(leader, List.of(ONE), 51).orElseThrow();
    List<ReservedKey> followers = reserve(follower, List.of(TWO), 50).orElseThrow();
    assertThat(leaders.getFirst().pieces()).containsExactly(new KeyPiece(1, 0, 51));
    assertThat(followers.getFirst().pieces()).containsExactly(new KeyPiece(1, 51, 50));
    assertThat(follower.reserveForPeer("s", leaders)).isEqualTo(new PeerReservation.Reserved());
    assertThat(leader.reserveForPeer("s", followers)).isEqualTo(new PeerReservation.Reserved());
    assertThat(leader.session("s").availableBytes()).isZero();
    assertThat(follower.session("s").availableBytes()).isZero();
    leader.deliver("s", List.of(ONE));
    leader.fetch(List.of("s"), List.of(TWO));
    assertThat(leader.session("s").blocks).isEmpty();
  }

  @Test
  void whatThePeerTookDoesNotShortenTheOwnHalf() {
    block(1, 128);
    List<ReservedKey> leaders = reserve(leader, List.of(ONE), 64).orElseThrow();
    follower.reserveForPeer("s", leaders);
    assertThat(follower.session("s").availableBytes()).isEqualTo(64);
    assertThat(reserve(follower, List.of(TWO), 32).orElseThrow().getFirst().pieces())
        .containsExactly(new KeyPiece(1, 64, 32));
    assertThat(follower.session("s").availableBytes()).isEqualTo(32);
  }

  @Test
  void keysComeFromTheSessionsThatTogetherSuffice() {
    leader.storeBlock("s", 1, true, 80);
    leader.storeBlock("t", 1, true, 80);
    List<UUID> ids = List.of(ONE, TWO);
    assertThat(leader.reserve(List.of("s"), ids, 32)).isEmpty();
    var keys = leader.reserve(List.of("s", "t"), ids, 32).orElseThrow();
    assertThat(keys.get("s")).extracting(ReservedKey::id).containsExactly(ONE);
    assertThat(keys.get("t")).extracting(ReservedKey::id).containsExactly(TWO);
    leader.takeChanges();
    assertThat(leader.reserve(List.of("s", "t"), List.of(new UUID(0, 3)), 10)).isEmpty();
    assertThat(leader.takeChanges()).isEmpty();
  }

  @Test
  void nothingIsTakenBeforeThePeerHeardOfBurntKeys() {
    block(1, 200);
    leader.reserve(List.of("s"), List.of(ONE), 32);
    leader.burn("s", List.of(ONE));
    assertThat(leader.reserve(List.of("s"), List.of(TWO), 32)).isEmpty();
    leader.told("s", List.of(ONE));
    assertThat(leader.reserve(List.of("s"), List.of(TWO), 32)).isPresent();
  }

  @Test
  void oneIdIsOneKey() {
    block(1, 200);
    List<ReservedKey> twice =
        List.of(
            new ReservedKey(ONE, List.of(new KeyPiece(1, 0, 32))),
            new ReservedKey(ONE, List.of(new KeyPiece(1, 32, 32))));
    assertThat(follower.reserveForPeer("s", twice)).isInstanceOf(PeerReservation.Refused.class);
    assertThat(follower.session("s").peers).isEmpty();
  }

  @Test
  void followersBlockIsNoStockBeforeItIsConfirmed() {
    follower.storeBlock("s", 1, false, 100);
    assertThat(follower.reserve(List.of("s"), List.of(ONE), 32)).isEmpty();
    follower.confirmBlock("s", 1);
    assertThat(follower.reserve(List.of("s"), List.of(ONE), 32)).isPresent();
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
    block(2, 40);
    block(4, 40);
    List<ReservedKey> keys = reserve(leader, List.of(ONE), 32).orElseThrow();
    assertThat(keys.getFirst().pieces())
        .containsExactly(new KeyPiece(2, 0, 20), new KeyPiece(4, 0, 12));
    assertThat(follower.reserveForPeer("s", keys)).isEqualTo(new PeerReservation.Reserved());
    assertThat(leader.reserve(List.of("s"), List.of(TWO), 32)).isEmpty();
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
      Optional<List<ReservedKey>> keys = reserve(leader, List.of(id), 1 + random.nextInt(40));
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
        leader.told("s", List.of(id));
      } else if (random.nextBoolean()) {
        leader.deliver("s", List.of(id));
      }
    }
  }

  @Test
  void peerCannotTakeWhatIsTakenOrNotThereOrNotItsOwn() {
    block(2, 128);
    ReservedKey first = new ReservedKey(ONE, List.of(new KeyPiece(2, 0, 32)));
    assertThat(follower.reserveForPeer("s", List.of(first)))
        .isInstanceOf(PeerReservation.Reserved.class);
    for (KeyPiece piece :
        List.of(
            new KeyPiece(2, 31, 2),
            new KeyPiece(2, 60, 5),
            new KeyPiece(2, 64, 8),
            new KeyPiece(2, 120, 9),
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
    block(2, 128);
    List<ReservedKey> keys = reserve(leader, List.of(ONE, TWO), 32).orElseThrow();
    follower.reserveForPeer("s", keys);
    assertThat(follower.fetch(List.of("s"), List.of(ONE, new UUID(0, 3)))).isEmpty();
    assertThat(follower.fetch(List.of("s"), List.of(ONE, ONE))).isEmpty();
    assertThat(follower.fetch(List.of("other"), List.of(ONE))).isEmpty();
    assertThat(follower.fetch(List.of("s"), List.of(ONE, TWO)).orElseThrow()).hasSize(2);
    assertThat(follower.fetch(List.of("s"), List.of(ONE))).isEmpty();
  }

  @Test
  void burntKeyIsNeverDeliveredAndThePeerIsTold() {
    block(2, 64);
    List<ReservedKey> keys = reserve(leader, List.of(ONE), 32).orElseThrow();
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
