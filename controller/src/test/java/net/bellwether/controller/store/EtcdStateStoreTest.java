package net.bellwether.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.DeposedException;
import net.bellwether.controller.engine.Documents;
import net.bellwether.controller.lead.LeaderBallot.Standing;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.etcd.EtcdBallot;
import net.bellwether.controller.store.etcd.EtcdClient;
import net.bellwether.controller.store.etcd.EtcdCluster;
import net.bellwether.controller.store.etcd.EtcdStateStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract in a real etcd, under a leadership, and what only a shared store does.
class EtcdStateStoreTest extends StateStoreContractTest {
  /// Nobody keeps it alive here.
  private static final long LEASE_MILLIS = 600_000;

  private static final String DOMAIN = "test.example";

  private static EtcdCluster etcd;

  private final List<EtcdClient> clients = new ArrayList<>();
  private long lease;

  @BeforeAll
  static void startEtcd() {
    etcd = EtcdCluster.start(1);
  }

  @AfterAll
  static void stopEtcd() {
    etcd.close();
  }

  @AfterEach
  void closeClients() {
    clients.forEach(EtcdClient::close);
  }

  @Override
  StateStore open(Path directory) {
    EtcdBallot ballot = ballot();
    return EtcdStateStore.openAsLeader(ballot, elect(ballot));
  }

  /// Each test has a prefix of its own.
  private EtcdClient client(Path directory) {
    EtcdClient client =
        new EtcdClient(etcd.config().withPrefix("/" + directory.getFileName() + "/"));
    clients.add(client);
    return client;
  }

  private EtcdBallot ballot() {
    return EtcdBallot.open(client(directory), DOMAIN, InstantSource.system(), 0);
  }

  /// The term of a new leadership.
  private long elect(EtcdBallot ballot) {
    if (lease != 0) {
      ballot.resign(lease);
    }
    lease = ballot.grant(LEASE_MILLIS);
    return ((Standing.Held) ballot.campaign(lease, "here:1")).term();
  }

  @Test
  void formerLeaderChangesNothingAndLearnsWhoLeads() {
    long revision = committed("op-1", put("a", "1"));
    EtcdBallot ballot = ballot();
    ballot.resign(lease);
    assertThat(store.commit(List.of(), List.of(put("a", "2")), "op-2"))
        .isEqualTo(new CommitResult.Deposed(0));

    lease = 0;
    long term = elect(ballot);
    StateStore next = EtcdStateStore.openAsLeader(ballot, term);
    CommitResult result = store.commit(List.of(), List.of(put("a", "2")), "op-2");

    assertThat(term).isGreaterThan(store.term());
    assertThat(result).isInstanceOf(CommitResult.Deposed.class);
    assertThat(((CommitResult.Deposed) result).actual()).isGreaterThan(revision);
    assertThat(present("")).containsExactly("a=1");
    // What was committed under the former leadership stays known.
    assertThat(committed("op-1", put("a", "1"))).isEqualTo(revision);
    revision(next.commit(List.of(new Guard("a", revision)), List.of(put("a", "3")), "op-3"));
    assertThat(present("")).containsExactly("a=3");
  }

  @Test
  void whatAJournalCommittedIsThereForTheNextLeaderAndTheFormerOneIsDeposed() {
    ControlCore former = new ControlCore(new StoreJournal(store), () -> 0);
    former.apply(Documents.topology(Documents.of("one", "a -4- b")), false, false);
    EtcdBallot ballot = ballot();
    StateStore next = EtcdStateStore.openAsLeader(ballot, elect(ballot));

    assertThat(new ControlCore(new StoreJournal(next), () -> 0).state()).isEqualTo(former.state());
    assertThatThrownBy(() ->
            former.apply(Documents.topology(Documents.of("two", "a -4- b -4- c")), false, false))
        .hasRootCauseInstanceOf(DeposedException.class)
        .hasMessageContaining("another controller leads");
  }

  @Test
  void leaderIsDeposedOnlyUnderTheTermThatIsNamed() {
    EtcdBallot ballot = ballot();
    assertThat(ballot.depose(store.term() + 1)).isFalse();
    committed("op-1", put("a", "1"));
    assertThat(ballot.depose(store.term())).isTrue();
    assertThat(store.commit(List.of(), List.of(put("a", "2")), "op-2"))
        .isEqualTo(new CommitResult.Deposed(0));
  }

  @Test
  void termsBeginAboveTheClockAndAboveThoseOfTheStoreThatTheStateComesFrom() {
    InstantSource noon = InstantSource.fixed(Instant.ofEpochSecond(5_000_000_000L));
    assertThat(firstTerm("clock", noon, 7)).isBetween(5_000_000_001L, 5_000_100_000L);
    assertThat(firstTerm("import", noon, 6_000_000_000L)).isBetween(6_000_000_001L, 6_000_100_000L);
  }

  @Test
  void stateOfAnotherNetworkIsRefused() {
    EtcdClient client = client(directory);
    EtcdBallot.open(client, DOMAIN, InstantSource.system(), 0);
    assertThatThrownBy(() -> EtcdBallot.open(client, "other.example", InstantSource.system(), 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of trust domain (test.example)")
        .hasMessageContaining("this controller is of (other.example)");
  }

  private static long firstTerm(String prefix, InstantSource clock, long formerTerm) {
    try (EtcdClient client = new EtcdClient(etcd.config().withPrefix("/" + prefix + "/"))) {
      EtcdBallot ballot = EtcdBallot.open(client, DOMAIN, clock, formerTerm);
      // Written once: who opens it later changes nothing.
      assertThat(EtcdBallot.open(client, DOMAIN, InstantSource.system(), 0).observe())
          .isInstanceOf(Standing.Vacant.class);
      return ((Standing.Held) ballot.campaign(ballot.grant(LEASE_MILLIS), "here:1")).term();
    }
  }

  @Test
  void storeWithoutALeadershipReadsAndSeesWhatTheLeaderWrites() {
    StateStore reader = EtcdStateStore.open(client(directory));
    Recorder recorder = new Recorder();
    try (StateStore.Watch _ = reader.watch(reader.revision() + 1, recorder)) {
      committed("op-1", put("a", "1"));
      await().until(() -> recorder.changes.size() == 1);
    }
    assertThat(reader.get("a")).isPresent();
    assertThat(reader.term()).isZero();
  }

  @Test
  void prefixesDoNotSeeEachOther() {
    StateStore other = EtcdStateStore.open(client(directory.resolve("other")));
    other.commit(List.of(), List.of(put("a", "other")), "op-1");
    committed("op-1", put("a", "1"));
    assertThat(present("")).containsExactly("a=1");
  }

  @Test
  void longListingIsTakenInPagesOfOneRevision() {
    for (int part = 0; part < 9; part++) {
      int first = 1_000 + part * 126;
      committed(
          "op-" + part,
          IntStream.range(first, first + 126)
              .mapToObj(i -> put("many/" + i, "x"))
              .toArray(Operation[]::new));
    }
    StateStore.Listing listing = store.list("many/", 0, 1_100);

    assertThat(listing.entries()).hasSize(1_100);
    assertThat(listing.more()).isTrue();
    assertThat(listing.entries().getLast().key()).isEqualTo("many/2099");
    assertThat(store.list("many/", "many/2099", listing.revision(), 1_100).entries()).hasSize(34);
  }

  @Test
  void leaderForgetsOldHistory() {
    store.close();
    EtcdBallot ballot = ballot();
    store = EtcdStateStore.openAsLeader(ballot, elect(ballot), 20);
    long first = committed("first", put("kept", "from the beginning"));
    for (int i = 0; i < 100; i++) {
      committed("op-" + i, put("changing", "" + i));
    }

    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> store.list("", first, 10))
                .isInstanceOf(RevisionCompactedException.class)
                .hasMessageContaining("revision (" + first + ")"));
    assertThatThrownBy(() -> store.watch(first, new Recorder()))
        .isInstanceOf(RevisionCompactedException.class);
    assertThat(texts(store.list("", store.revision() - 10, 10)))
        .containsExactly("changing=89", "kept=from the beginning");
    // Operations are remembered by their keys, not by history.
    assertThat(committed("first", put("kept", "again"))).isEqualTo(first);
  }
}
