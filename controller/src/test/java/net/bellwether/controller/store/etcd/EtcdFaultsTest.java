package net.bellwether.controller.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;
import net.bellwether.controller.store.StoreUnavailableException;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store whose etcd of three members loses some of them, or refuses.
class EtcdFaultsTest {
  private static EtcdCluster etcd;

  @TempDir Path directory;
  private EtcdClient client;
  private EtcdStateStore store;

  @BeforeAll
  static void startEtcd() {
    etcd = EtcdCluster.start(3);
  }

  @AfterAll
  static void stopEtcd() {
    etcd.close();
  }

  @BeforeEach
  void open() {
    client = new EtcdClient(etcd.config().withPrefix("/" + directory.getFileName() + "/"));
    store = EtcdStateStore.open(client);
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
  }

  private static Operation put(String key, String value) {
    return Operation.put(key, value.getBytes(UTF_8));
  }

  private static long committed(StateStore store, String key, String value) {
    CommitResult result = store.commit(List.of(), List.of(put(key, value)), key + "-" + value);
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return ((CommitResult.Committed) result).revision();
  }

  @Test
  void withoutAMajorityNothingIsAcknowledgedAndAfterwardsTheOutcomeIsKnown() {
    committed(store, "a", "1");
    int leader = etcd.leader();
    etcd.pause(leader);
    etcd.pause((leader + 1) % 3);
    CommitResult result;
    try (EtcdClient hurried =
        new EtcdClient(
            EtcdConfig.of(etcd.endpoints(), etcd.identity(1))
                .withPrefix(client.config().prefix()))) {
      EtcdStateStore view = EtcdStateStore.open(hurried);
      result = view.commit(List.of(), List.of(put("a", "2")), "op-2");
      assertThatThrownBy(() -> view.get("a"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not answer")
          .hasMessageContaining("check that a majority of its members runs");
    } finally {
      etcd.resume(leader);
      etcd.resume((leader + 1) % 3);
    }

    assertThat(result).isInstanceOf(CommitResult.Unknown.class);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() ->
            store.commit(List.of(), List.of(put("a", "2")), "op-2")
                instanceof CommitResult.Committed);
    assertThat(store.get("a").orElseThrow().value().toStringUtf8()).isEqualTo("2");
  }

  @Test
  void incrementsWhileEtcdsLeadersAreKilledAreEachAppliedOnce() {
    long revision = committed(store, "counter", "0");
    long longestNanos = 0;
    for (int i = 1; i <= 150; i++) {
      int killed = -1;
      if (i % 50 == 0) {
        killed = etcd.leader();
        etcd.kill(killed);
      }
      long began = System.nanoTime();
      revision = incremented(i, revision);
      longestNanos = Math.max(longestNanos, System.nanoTime() - began);
      if (killed >= 0) {
        etcd.restart(killed);
      }
    }

    assertThat(store.get("counter").orElseThrow().value().toStringUtf8()).isEqualTo("150");
    // 1.0 s was the longest of 15 measured; a busy machine gets five times as much.
    assertThat(Duration.ofNanos(longestNanos)).isLessThan(Duration.ofSeconds(5));
  }

  /// As a writer does it: an unknown outcome is asked for again. A conflict would be an increment
  /// that was applied twice, or by an earlier try that was reported as failed.
  private long incremented(int value, long revision) {
    CommitResult result;
    do {
      result =
          store.commit(
              List.of(new Guard("counter", revision)),
              List.of(put("counter", "" + value)),
              "increment-" + value);
    } while (result instanceof CommitResult.Unknown);
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return ((CommitResult.Committed) result).revision();
  }

  @Test
  void watchMissesNothingWhileMembersGoAwayUnderIt() {
    List<StateStore.Change> changes = Collections.synchronizedList(new ArrayList<>());
    List<String> ends = Collections.synchronizedList(new ArrayList<>());
    long first = committed(store, "key", "0");
    StateStore.Listener listener =
        new StateStore.Listener() {
          @Override
          public void changed(StateStore.Change change) {
            changes.add(change);
          }

          @Override
          public void ended(String reason) {
            ends.add(reason);
          }
        };
    int written = 0;
    try (StateStore.Watch _ = store.watch(first, listener)) {
      for (int member = 0; member < 3; member++) {
        // One dies, one only falls silent.
        if (member == 1) {
          etcd.pause(member);
        } else {
          etcd.kill(member);
        }
        for (int i = 0; i < 10; i++) {
          incrementKey(++written);
        }
        int seen = written + 1;
        await().atMost(Duration.ofSeconds(20)).until(() -> changes.size() >= seen);
        if (member == 1) {
          etcd.resume(member);
        } else {
          etcd.restart(member);
        }
      }
    }

    assertThat(ends).isEmpty();
    assertThat(changes)
        .extracting(
            change -> ((Operation.Put) change.operations().getFirst()).value().toStringUtf8())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(0, written).mapToObj(Long::toString).toList());
  }

  private void incrementKey(int value) {
    CommitResult result;
    do {
      result = store.commit(List.of(), List.of(put("key", "" + value)), "key-" + value);
    } while (result instanceof CommitResult.Unknown);
  }

  @Test
  void watchBehindTheKeptHistoryIsToldToListAgain() {
    long first = committed(store, "a", "1");
    long last = committed(store, "a", "2");
    client.kvOnce(kv -> kv.compact(CompactionRequest.newBuilder().setRevision(last).build()));
    List<String> ends = Collections.synchronizedList(new ArrayList<>());
    ByteString key = EtcdRequests.bytes(client.key("statea"));
    try (EtcdWatch _ =
        EtcdWatch.start(
            client,
            key,
            ByteString.EMPTY,
            first,
            new EtcdWatch.Sink() {
              @Override
              public void changed(long revision, List<Event> events) {}

              @Override
              public void ended(String reason) {
                ends.add(reason);
              }
            })) {
      await().until(() -> !ends.isEmpty());
    }
    assertThat(ends.getFirst()).contains("list again");
  }

  @Test
  void commitsGoOnWhenTheLeaseOfOperationIdsIsLost() {
    committed(store, "a", "1");
    long lease =
        client.read(kv -> kv.range(EtcdRequests.get(client.key("ops/a-1")))).getKvs(0).getLease();
    client.leaseOnce(
        leases -> leases.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build()));

    committed(store, "a", "2");
    assertThat(store.get("a").orElseThrow().value().toStringUtf8()).isEqualTo("2");
  }

  @Test
  void etcdThatIsFullSaysSoAndHowToGoOn() {
    try (EtcdCluster small = EtcdCluster.start(1, "--quota-backend-bytes", "2097152");
        EtcdClient smallClient = new EtcdClient(small.config())) {
      EtcdStateStore full = EtcdStateStore.open(smallClient);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  byte[] value = new byte[500_000];
                  full.commit(List.of(), List.of(Operation.put("key-" + i, value)), "op-" + i);
                }
              })
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("is out of space and takes no writes")
          .hasMessageContaining("etcdctl defrag");
      assertThat(full.get("key-0")).isPresent();
    }
  }

  @Test
  void etcdWithUsersSaysThatThisControllerIsNone() {
    try (EtcdCluster guarded = EtcdCluster.start(1);
        EtcdClient stranger = new EtcdClient(guarded.config())) {
      guarded.requireUsers();
      assertThatThrownBy(() -> EtcdStateStore.open(stranger).get("a"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not let this controller in")
          .hasMessageContaining("grant the user of its certificate");
      assertThatThrownBy(
              () -> EtcdStateStore.open(stranger).commit(List.of(), List.of(put("a", "1")), "op"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not let this controller in");
    }
  }

  @Test
  void controllerOfAnotherAuthorityIsRefusedAndSaysWhy() throws Exception {
    CertificateAuthority rogue =
        CertificateAuthority.openOrCreate(directory.resolve("rogue-ca"), "etcd.test");
    TlsFiles files =
        rogue.issue(new Identity.Controller("etcd.test", 1), directory.resolve("rogue"));
    // It believes etcd, but etcd does not believe it.
    Files.copy(etcd.identity(1).trust(), files.trust(), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(files, "UNKNOWN_CA");
  }

  @Test
  void etcdOfAnotherAuthorityIsNotBelieved() {
    CertificateAuthority other =
        CertificateAuthority.openOrCreate(directory.resolve("other-ca"), "etcd.test");
    TlsFiles files =
        other.issue(new Identity.Controller("etcd.test", 1), directory.resolve("other"));
    assertRefused(files, "does not chain with any of the trust anchors");
  }

  private static void assertRefused(TlsFiles files, String message) {
    try (EtcdClient refused = new EtcdClient(EtcdConfig.of(etcd.endpoints(), files))) {
      assertThatThrownBy(() -> EtcdStateStore.open(refused).get("a"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(message);
    }
  }
}
