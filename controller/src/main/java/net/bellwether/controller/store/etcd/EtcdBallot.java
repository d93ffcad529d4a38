package net.bellwether.controller.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.bellwether.controller.lead.LeaderBallot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The election in etcd: the key `leader` hangs on the leader's lease, and the revision that
/// created it makes the term. Every call is sent once; the election asks again.
public final class EtcdBallot implements LeaderBallot {
  static final String LEADER = "leader";

  private static final Logger LOG = LoggerFactory.getLogger(EtcdBallot.class);
  private static final long WATCH_RETRY_MILLIS = 1_000;

  private final EtcdClient client;
  private final ClusterKey cluster;
  private final String leaderKey;

  private EtcdBallot(EtcdClient client, ClusterKey cluster) {
    this.client = client;
    this.cluster = cluster;
    this.leaderKey = client.key(LEADER);
  }

  /// The ballot of the cluster under the client's prefix, which begins with this if there is none.
  /// Its terms then rise above the seconds of the wall clock and above `formerTerm`, the last one
  /// of the store that its state comes from (0 without such a store).
  ///
  /// @throws IllegalStateException if the state there is of another trust domain
  /// @throws net.bellwether.controller.store.StoreUnavailableException if etcd does not answer
  public static EtcdBallot open(
      EtcdClient client, String trustDomain, InstantSource clock, long formerTerm) {
    return new EtcdBallot(client, ClusterKey.openOrCreate(client, trustDomain, clock, formerTerm));
  }

  EtcdClient client() {
    return client;
  }

  /// Of the leader's key under `term`.
  long revision(long term) {
    return cluster.revision(term);
  }

  @Override
  public long grant(long ttlMillis) {
    LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(ttlMillis / 1_000).build();
    return answered(() -> client.leaseOnce(lease -> lease.leaseGrant(request)).getID());
  }

  @Override
  public boolean keepAlive(long leaseId) {
    return answered(() -> client.keepAliveOnce(leaseId).getTTL() > 0);
  }

  @Override
  public Standing campaign(long leaseId, String endpoint) {
    TxnRequest request =
        TxnRequest.newBuilder()
            .addCompare(EtcdRequests.createdAt(leaderKey, 0))
            .addSuccess(EtcdRequests.put(leaderKey, ByteString.copyFromUtf8(endpoint), leaseId))
            .addFailure(EtcdRequests.read(leaderKey))
            .build();
    try {
      TxnResponse response = client.kvOnce(kv -> kv.txn(request));
      return response.getSucceeded()
          ? new Standing.Held(endpoint, leaseId, cluster.term(response.getHeader().getRevision()))
          : standing(response.getResponses(0).getResponseRange());
    } catch (StatusRuntimeException e) {
      if (EtcdFailure.of(e.getStatus()) == EtcdFailure.LEASE_MISSING) {
        return new Standing.LeaseMissing(leaseId);
      }
      throw client.unavailable(e);
    }
  }

  @Override
  public Standing observe() {
    return answered(() -> standing(client.kvOnce(kv -> kv.range(EtcdRequests.get(leaderKey)))));
  }

  private Standing standing(RangeResponse found) {
    return found.getKvsCount() == 0
        ? new Standing.Vacant(cluster.term(found.getHeader().getRevision()))
        : held(found.getKvs(0));
  }

  private Standing held(KeyValue leader) {
    return new Standing.Held(
        leader.getValue().toStringUtf8(),
        leader.getLease(),
        cluster.term(leader.getCreateRevision()));
  }

  @Override
  public void resign(long leaseId) {
    LeaseRevokeRequest request = LeaseRevokeRequest.newBuilder().setID(leaseId).build();
    try {
      client.leaseOnce(lease -> lease.leaseRevoke(request));
    } catch (StatusRuntimeException e) {
      if (EtcdFailure.of(e.getStatus()) != EtcdFailure.LEASE_MISSING) {
        throw client.unavailable(e);
      }
    }
  }

  @Override
  public boolean depose(long term) {
    TxnRequest request =
        TxnRequest.newBuilder()
            .addCompare(EtcdRequests.createdAt(leaderKey, cluster.revision(term)))
            .addSuccess(EtcdRequests.delete(leaderKey))
            .build();
    return answered(() -> client.kvOnce(kv -> kv.txn(request)).getSucceeded());
  }

  private <T> T answered(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw client.unavailable(e);
    }
  }

  @Override
  public Watch watch(Consumer<Standing> listener) {
    return new LeaderWatch(listener);
  }

  /// Begins anew where etcd's watch ends, which is when history is compacted behind it.
  private final class LeaderWatch implements Watch, EtcdWatch.Sink {
    private final Consumer<Standing> listener;
    private @Nullable EtcdWatch watch;
    private boolean closed;

    private LeaderWatch(Consumer<Standing> listener) {
      this.listener = listener;
      Thread.ofVirtual().name("leader-watch").start(this::begin);
    }

    private void begin() {
      while (!isClosed()) {
        try {
          RangeResponse found = client.read(kv -> kv.range(EtcdRequests.get(leaderKey)));
          listener.accept(standing(found));
          follow(found.getHeader().getRevision() + 1);
          return;
        } catch (IllegalStateException | StatusRuntimeException e) {
          LOG.info("the leader cannot be watched yet: {}", e.getMessage());
          pause();
        }
      }
    }

    private synchronized void follow(long fromRevision) {
      if (!closed) {
        watch =
            EtcdWatch.start(
                client, EtcdRequests.bytes(leaderKey), ByteString.EMPTY, fromRevision, this);
      }
    }

    private void pause() {
      try {
        Thread.sleep(WATCH_RETRY_MILLIS);
      } catch (InterruptedException _) {
        close();
      }
    }

    private synchronized boolean isClosed() {
      return closed;
    }

    @Override
    public void changed(long revision, List<Event> events) {
      for (Event event : events) {
        listener.accept(
            event.getType() == Event.EventType.PUT
                ? held(event.getKv())
                : new Standing.Vacant(cluster.term(revision)));
      }
    }

    @Override
    public void ended(String reason) {
      LOG.info("watching the leader anew: {}", reason);
      begin();
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (watch != null) {
        watch.close();
      }
    }
  }
}
