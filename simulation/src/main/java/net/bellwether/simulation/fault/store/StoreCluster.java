package net.bellwether.simulation.fault.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import net.bellwether.controller.lead.LeaderBallot.Standing;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;
import net.bellwether.simulation.fault.promise.TermsRiseAndHaveOneWriter;
import net.bellwether.simulation.fault.world.World;

/// The store itself: one linearizable history, leases by its own clock, and one leader's key. What
/// happens to a request before and after it, is up to the clients.
public final class StoreCluster {
  /// A revision of the keys that controllers keep; terms are above those of any embedded store.
  private static final long TERM_BASE = 1_000;

  private final World world;
  private final TermsRiseAndHaveOneWriter terms;
  private final NavigableMap<String, NavigableMap<Long, Optional<ByteString>>> keys =
      new TreeMap<>();
  private final Map<String, CommitResult> operations = new HashMap<>();
  private final NavigableMap<Long, Lease> leases = new TreeMap<>();
  private final List<Runnable> leaderWatches = new ArrayList<>();
  private long revision = 1;
  private long compactedRevision;
  private long leaseCount;
  private long noQuorumUntilMicros;
  private Leader leader = NOBODY;

  private record Lease(long ttlMicros, long expiresMicros) {}

  /// Revision 0 for nobody.
  private record Leader(String endpoint, long lease, long revision) {}

  private static final Leader NOBODY = new Leader("", 0, 0);

  public StoreCluster(World world, TermsRiseAndHaveOneWriter terms) {
    this.world = world;
    this.terms = terms;
  }

  /// Refuses everything for this long, leases apart: they live on until it can decide again.
  public void loseQuorum(long micros) {
    noQuorumUntilMicros = Math.max(noQuorumUntilMicros, world.nowMicros() + micros);
    world.timeline().add("store", "has no quorum for %.2f s", micros / 1e6);
    // A new leader of the store gives every lease its full time again.
    leases.replaceAll(
        (_, lease) -> new Lease(lease.ttlMicros, noQuorumUntilMicros + lease.ttlMicros));
    leases.forEach((id, lease) -> expireLater(id, lease));
  }

  public void regainQuorum() {
    noQuorumUntilMicros = world.nowMicros();
  }

  boolean hasQuorum() {
    return world.nowMicros() >= noQuorumUntilMicros;
  }

  // Leases and the leader's key.

  long grant(long ttlMillis) {
    long id = ++leaseCount;
    prolong(id, ttlMillis * World.MILLI);
    return id;
  }

  boolean keepAlive(long lease) {
    Lease known = leases.get(lease);
    if (known != null) {
      prolong(lease, known.ttlMicros);
    }
    return known != null;
  }

  private void prolong(long id, long ttlMicros) {
    Lease lease = new Lease(ttlMicros, world.nowMicros() + ttlMicros);
    leases.put(id, lease);
    expireLater(id, lease);
  }

  private void expireLater(long id, Lease lease) {
    world.after(
        lease.expiresMicros - world.nowMicros(),
        () -> {
          if (lease.equals(leases.get(id))) {
            world.timeline().add("store", "lease %d expires", id);
            revoke(id);
          }
        });
  }

  void revoke(long lease) {
    if (leases.remove(lease) != null && leader.lease == lease) {
      revision++;
      leader = NOBODY;
      tellLeaderWatches();
    }
  }

  Standing campaign(long lease, String endpoint) {
    if (!leases.containsKey(lease)) {
      return new Standing.LeaseMissing(lease);
    }
    if (leader.revision == 0) {
      leader = new Leader(endpoint, lease, ++revision);
      world.timeline().add("store", "%s is elected, term %d", endpoint, TERM_BASE + revision);
      tellLeaderWatches();
    }
    return observe();
  }

  Standing observe() {
    return leader.revision == 0
        ? new Standing.Vacant(TERM_BASE + revision)
        : new Standing.Held(leader.endpoint, leader.lease, TERM_BASE + leader.revision);
  }

  /// Whether whoever has this term leads now.
  public boolean leads(long term) {
    return leader.revision != 0 && TERM_BASE + leader.revision == term;
  }

  void watchLeader(Runnable watch) {
    leaderWatches.add(watch);
  }

  void unwatchLeader(Runnable watch) {
    leaderWatches.remove(watch);
  }

  private void tellLeaderWatches() {
    List.copyOf(leaderWatches).forEach(Runnable::run);
  }

  // Keys.

  /// One transaction. `guarded` as of a leader under `term`: refused unless it still leads.
  CommitResult commit(
      long term,
      boolean guarded,
      String writer,
      List<Guard> guards,
      List<Operation> changes,
      String operationId) {
    if (guarded && !leads(term)) {
      return new CommitResult.Deposed(leader.revision);
    }
    CommitResult former = operations.get(operationId);
    if (former != null) {
      return former;
    }
    for (Guard guard : guards) {
      long actual = revisionOf(guard.key());
      if (actual != guard.revision()) {
        return new CommitResult.Conflict(guard, actual);
      }
    }
    terms.written(term, writer);
    revision++;
    for (Operation change : changes) {
      keys.computeIfAbsent(change.key(), _ -> new TreeMap<>())
          .put(
              revision,
              switch (change) {
                case Operation.Put put -> Optional.of(put.value());
                case Operation.Delete _ -> Optional.empty();
              });
    }
    CommitResult result = new CommitResult.Committed(revision);
    operations.put(operationId, result);
    return result;
  }

  private long revisionOf(String key) {
    return get(key).map(StateStore.Entry::revision).orElse(0L);
  }

  long revision() {
    return revision;
  }

  long compactedRevision() {
    return compactedRevision;
  }

  /// Forgets what keys were before now.
  public void compact() {
    compactedRevision = revision;
    for (NavigableMap<Long, Optional<ByteString>> versions : keys.values()) {
      long last = versions.lastKey();
      versions.headMap(last, false).clear();
    }
  }

  Optional<StateStore.Entry> get(String key) {
    return at(key, revision);
  }

  Optional<StateStore.Entry> at(String key, long atRevision) {
    NavigableMap<Long, Optional<ByteString>> versions = keys.get(key);
    Map.Entry<Long, Optional<ByteString>> entry =
        versions == null ? null : versions.floorEntry(atRevision);
    return entry == null
        ? Optional.empty()
        : entry.getValue().map(value -> new StateStore.Entry(key, value, entry.getKey()));
  }

  List<StateStore.Entry> list(String prefix, String after, long atRevision) {
    List<StateStore.Entry> entries = new ArrayList<>();
    for (String key : keys.tailMap(prefix, true).keySet()) {
      if (!key.startsWith(prefix)) {
        break;
      }
      if (key.compareTo(after) > 0) {
        at(key, atRevision).ifPresent(entries::add);
      }
    }
    return entries;
  }

  /// Deletes what was written last, for a store that acknowledges what it then loses.
  public void loseLast() {
    for (NavigableMap<Long, Optional<ByteString>> versions : keys.values()) {
      versions.remove(revision);
    }
    keys.values().removeIf(Map::isEmpty);
  }
}
