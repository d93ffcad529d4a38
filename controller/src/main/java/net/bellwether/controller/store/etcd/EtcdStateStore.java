package net.bellwether.controller.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.Retention;
import net.bellwether.controller.store.RevisionCompactedException;
import net.bellwether.controller.store.StateStore;
import net.bellwether.controller.store.StoreLimits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store that several controllers share. Under the client's prefix, `state` stands before every
/// key; `ops/ID` remembers each operation for a quarter of an hour at least; `leader` and `cluster`
/// are the election's. Revisions are etcd's, which also counts what others write.
///
/// A commit is one transaction, guarded by its own guards, by the absence of its operation id, and
/// by the leadership under which the store was opened: a former leader, however late, changes
/// nothing. So a commit whose outcome is unknown can be sent again, and is, until it is known or
/// [EtcdConfig#giveUpAfter] has passed.
public final class EtcdStateStore implements StateStore {
  /// Operation ids are remembered for half of this at least.
  private static final long OPERATION_LEASE_SECONDS = 1_800;

  private static final int PAGE_ENTRIES = 1_000;
  private static final int WATCHES_MAX = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(EtcdStateStore.class);

  private final EtcdClient client;
  private final String statePrefix;
  private final String operationPrefix;
  private final String leaderKey;
  private final long term;

  /// Of the leader's key; 0 without a leadership.
  private final long leaderRevision;

  private final int revisionsKept;
  private final RotatingLease operationLease;
  private final AtomicLong compactedRevision = new AtomicLong();
  private final Set<StateWatch> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private EtcdStateStore(EtcdClient client, long term, long leaderRevision, int revisionsKept) {
    this.client = client;
    this.statePrefix = client.key("state");
    this.operationPrefix = client.key("ops/");
    this.leaderKey = client.key(EtcdBallot.LEADER);
    this.term = term;
    this.leaderRevision = leaderRevision;
    this.revisionsKept = revisionsKept;
    this.operationLease = new RotatingLease(client, OPERATION_LEASE_SECONDS, System::nanoTime);
  }

  /// Opens the store without a leadership, to read, or to write what no leader guards. The client
  /// remains the caller's.
  public static EtcdStateStore open(EtcdClient client) {
    return new EtcdStateStore(client, 0, 0, Retention.STANDARD.revisions());
  }

  /// Opens the store for the leader under `term`, who was elected by an [EtcdBallot] of the same
  /// client or prefix.
  ///
  /// @throws net.bellwether.controller.store.StoreUnavailableException if etcd does not answer
  public static EtcdStateStore openAsLeader(EtcdClient client, long term) {
    return openAsLeader(client, term, Retention.STANDARD.revisions());
  }

  /// With a history of `revisionsKept` revisions at least, and twice as many at most.
  public static EtcdStateStore openAsLeader(EtcdClient client, long term, int revisionsKept) {
    ClusterKey cluster = ClusterKey.openOrCreate(client, InstantSource.system(), 0);
    return new EtcdStateStore(client, term, cluster.revision(term), revisionsKept);
  }

  @Override
  public Optional<Entry> get(String key) {
    checkOpen();
    return range(EtcdRequests.get(stateKey(key))).getKvsList().stream()
        .map(this::entry)
        .findFirst();
  }

  @Override
  public Listing list(String prefix, String after, long atRevision, int limit) {
    checkOpen();
    StoreLimits.checkListing(limit);
    if (atRevision < 0) {
      StoreLimits.checkRevision("atRevision", atRevision, 0, revision());
    }
    String first = after.compareTo(prefix) >= 0 ? after + '\0' : prefix;
    List<Entry> entries = new ArrayList<>();
    long revision = atRevision;
    int page = PAGE_ENTRIES;
    while (true) {
      RangeRequest request =
          RangeRequest.newBuilder()
              .setKey(EtcdRequests.bytes(statePrefix + first))
              .setRangeEnd(EtcdRequests.endOfPrefix(statePrefix + prefix))
              .setRevision(revision)
              .setLimit(Math.min(page, limit - entries.size()))
              .build();
      RangeResponse response;
      try {
        response = client.read(kv -> kv.range(request));
      } catch (StatusRuntimeException e) {
        if (EtcdFailure.of(e.getStatus()) == EtcdFailure.TOO_LONG && page > 1) {
          page /= 2;
          continue;
        }
        throw revisionFailure("atRevision", atRevision, revision(), e);
      }
      if (revision == 0) {
        revision = response.getHeader().getRevision();
      }
      response.getKvsList().forEach(each -> entries.add(entry(each)));
      if (!response.getMore() || entries.size() == limit) {
        return new Listing(entries, revision, response.getMore());
      }
      first = entries.getLast().key() + '\0';
    }
  }

  /// What a read at some revision failed for.
  private RuntimeException revisionFailure(
      String field, long revision, long highest, StatusRuntimeException e) {
    return switch (EtcdFailure.of(e.getStatus())) {
      case COMPACTED -> new RevisionCompactedException(revision);
      case FUTURE ->
          new IllegalArgumentException(
              "%s (%d) must be at most %d".formatted(field, revision, highest));
      case UNCERTAIN, LEASE_MISSING, TOO_LONG, NO_SPACE, FORBIDDEN, REFUSED ->
          client.unavailable(e);
    };
  }

  private RangeResponse range(RangeRequest request) {
    try {
      return client.read(kv -> kv.range(request));
    } catch (StatusRuntimeException e) {
      throw client.unavailable(e);
    }
  }

  private String stateKey(String key) {
    StoreLimits.checkKey(key);
    return statePrefix + key;
  }

  private Entry entry(KeyValue found) {
    return new Entry(key(found), found.getValue(), found.getModRevision());
  }

  private String key(KeyValue found) {
    return found.getKey().toStringUtf8().substring(statePrefix.length());
  }

  @Override
  public CommitResult commit(List<Guard> guards, List<Operation> operations, String operationId) {
    checkOpen();
    StoreLimits.checkCommit(guards, operations, operationId);
    EtcdClient.Tries tries = client.tries();
    while (true) {
      long lease = 0;
      StatusRuntimeException failure;
      try {
        lease = operationLease.current();
        TxnRequest request = request(guards, operations, operationPrefix + operationId, lease);
        CommitResult result = result(guards, client.kvOnce(kv -> kv.txn(request)));
        compactNowAndThen(result);
        return result;
      } catch (StatusRuntimeException e) {
        failure = e;
      }
      switch (EtcdFailure.of(failure.getStatus())) {
        case LEASE_MISSING -> operationLease.lost(lease);
        case UNCERTAIN -> {}
        case COMPACTED, FUTURE, TOO_LONG, NO_SPACE, FORBIDDEN, REFUSED ->
            throw client.unavailable(failure);
      }
      if (!tries.again()) {
        return new CommitResult.Unknown(client.explain(failure));
      }
    }
  }

  private TxnRequest request(
      List<Guard> guards, List<Operation> operations, String operationKey, long lease) {
    TxnRequest.Builder txn = TxnRequest.newBuilder();
    txn.addCompare(EtcdRequests.createdAt(operationKey, 0));
    txn.addFailure(EtcdRequests.readRevision(operationKey));
    txn.addFailure(EtcdRequests.readRevision(leaderKey));
    if (leaderRevision != 0) {
      txn.addCompare(EtcdRequests.createdAt(leaderKey, leaderRevision));
    }
    for (Guard guard : guards) {
      txn.addCompare(EtcdRequests.changedAt(statePrefix + guard.key(), guard.revision()));
      txn.addFailure(EtcdRequests.readRevision(statePrefix + guard.key()));
    }
    for (Operation operation : operations) {
      String key = statePrefix + operation.key();
      txn.addSuccess(
          switch (operation) {
            case Operation.Put put -> EtcdRequests.put(key, put.value(), 0);
            case Operation.Delete _ -> EtcdRequests.delete(key);
          });
    }
    txn.addSuccess(EtcdRequests.put(operationKey, ByteString.EMPTY, lease));
    return txn.build();
  }

  private CommitResult result(List<Guard> guards, TxnResponse response) {
    if (response.getSucceeded()) {
      return new CommitResult.Committed(response.getHeader().getRevision());
    }
    long former = createRevision(response, 0);
    if (former != 0) {
      return new CommitResult.Committed(former);
    }
    long leader = createRevision(response, 1);
    if (leaderRevision != 0 && leader != leaderRevision) {
      return new CommitResult.Deposed(leader);
    }
    for (int i = 0; i < guards.size(); i++) {
      RangeResponse found = response.getResponses(2 + i).getResponseRange();
      long actual = found.getKvsCount() == 0 ? 0 : found.getKvs(0).getModRevision();
      if (actual != guards.get(i).revision()) {
        return new CommitResult.Conflict(guards.get(i), actual);
      }
    }
    throw new IllegalStateException("etcd refused a transaction all of whose guards hold");
  }

  /// 0 for an absent key.
  private static long createRevision(TxnResponse response, int index) {
    RangeResponse found = response.getResponses(index).getResponseRange();
    return found.getKvsCount() == 0 ? 0 : found.getKvs(0).getCreateRevision();
  }

  /// The leader forgets old history when as much again has come since: one request in thousands.
  private void compactNowAndThen(CommitResult result) {
    if (leaderRevision == 0 || !(result instanceof CommitResult.Committed committed)) {
      return;
    }
    long before = compactedRevision.get();
    long target = committed.revision() - revisionsKept;
    if (target - before >= revisionsKept && compactedRevision.compareAndSet(before, target)) {
      Thread.ofVirtual().name("etcd-compaction").start(() -> compact(before, target));
    }
  }

  private void compact(long before, long target) {
    try {
      CompactionRequest request = CompactionRequest.newBuilder().setRevision(target).build();
      client.kvOnce(kv -> kv.compact(request));
    } catch (StatusRuntimeException e) {
      if (EtcdFailure.of(e.getStatus()) != EtcdFailure.COMPACTED) {
        LOG.info("history was not compacted, later: {}", EtcdFailure.text(e.getStatus()));
        compactedRevision.compareAndSet(target, before);
      }
    }
  }

  @Override
  public Watch watch(long fromRevision, Listener listener) {
    checkOpen();
    checkKept(fromRevision);
    if (watches.size() >= WATCHES_MAX) {
      throw new IllegalStateException(
          "watches (" + (watches.size() + 1) + ") must be at most " + WATCHES_MAX);
    }
    StateWatch watch = new StateWatch(listener);
    watches.add(watch);
    watch.start(fromRevision);
    if (closed) {
      watch.end();
    }
    return watch;
  }

  private final class StateWatch implements Watch, EtcdWatch.Sink {
    private final Listener listener;
    private @Nullable EtcdWatch watch;

    private StateWatch(Listener listener) {
      this.listener = listener;
    }

    private synchronized void start(long fromRevision) {
      watch =
          EtcdWatch.start(
              client,
              EtcdRequests.bytes(statePrefix),
              EtcdRequests.endOfPrefix(statePrefix),
              fromRevision,
              this);
    }

    @Override
    public void changed(long revision, List<Event> events) {
      List<Operation> operations = events.stream().map(EtcdStateStore.this::operation).toList();
      listener.changed(new Change(revision, operations));
    }

    @Override
    public void ended(String reason) {
      watches.remove(this);
      listener.ended(reason);
    }

    @Override
    public void close() {
      watches.remove(this);
      close("");
    }

    private void end() {
      close("the store was closed");
    }

    private synchronized void close(String reason) {
      if (watch != null) {
        watch.close(reason);
      }
    }
  }

  private Operation operation(Event event) {
    String key = key(event.getKv());
    return event.getType() == Event.EventType.PUT
        ? Operation.put(key, event.getKv().getValue())
        : Operation.delete(key);
  }

  /// Etcd itself tells a watcher of what is compacted only when it is running.
  private void checkKept(long fromRevision) {
    long present = revision();
    StoreLimits.checkRevision("fromRevision", fromRevision, 1, present + 1);
    if (fromRevision > present) {
      return;
    }
    try {
      RangeRequest request =
          EtcdRequests.get(leaderKey).toBuilder()
              .setCountOnly(true)
              .setRevision(fromRevision)
              .build();
      client.read(kv -> kv.range(request));
    } catch (StatusRuntimeException e) {
      throw revisionFailure("fromRevision", fromRevision, present, e);
    }
  }

  @Override
  public long revision() {
    checkOpen();
    return range(EtcdRequests.get(leaderKey)).getHeader().getRevision();
  }

  @Override
  public long term() {
    return term;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("store is closed");
    }
  }

  /// Ends the watches; the client remains the caller's.
  @Override
  public void close() {
    closed = true;
    watches.forEach(StateWatch::end);
  }
}
