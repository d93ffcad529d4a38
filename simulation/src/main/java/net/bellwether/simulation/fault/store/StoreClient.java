package net.bellwether.simulation.fault.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.RevisionCompactedException;
import net.bellwether.controller.store.StateStore;
import net.bellwether.controller.store.StoreLimits;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.World;

/// The store as one controller reaches it in one leadership. Calls wait in virtual time: the
/// process may be stopped or killed before its request is through, after it was carried out, and
/// before the answer is there.
public final class StoreClient implements StateStore {
  private final StoreCluster cluster;
  private final StoreAccess access;
  private final Host host;
  private final long term;
  private final boolean guarded;
  private final String writer;
  private final Supplier<Runnable> applied;

  /// `guarded` where every commit must prove that `host` still leads under `term`. `applied` is
  /// asked at every commit for what is to be done at the moment it takes effect, if it does.
  public StoreClient(
      StoreCluster cluster,
      StoreAccess access,
      long term,
      boolean guarded,
      String writer,
      Supplier<Runnable> applied) {
    this.cluster = cluster;
    this.access = access;
    this.host = access.host();
    this.term = term;
    this.guarded = guarded;
    this.writer = writer;
    this.applied = applied;
  }

  @Override
  public CommitResult commit(List<Guard> guards, List<Operation> operations, String operationId) {
    StoreLimits.checkCommit(guards, operations, operationId);
    Runnable effect = applied.get();
    access.mayDie("before its commit leaves");
    if (!access.request()) {
      if (access.comesLate()) {
        host.world().faults().count(FaultKind.STORE_WRITE_LATE);
        host.world()
            .after(
                host.world().between(World.MILLI, 6 * World.SECOND),
                () -> apply(guards, operations, operationId, effect));
      }
      return new CommitResult.Unknown("no answer in time");
    }
    CommitResult result = apply(guards, operations, operationId, effect);
    access.mayDie("before the answer of its commit");
    return access.answer() ? result : new CommitResult.Unknown("the answer is lost");
  }

  private CommitResult apply(
      List<Guard> guards, List<Operation> operations, String operationId, Runnable effect) {
    long before = cluster.revision();
    CommitResult result = cluster.commit(term, guarded, writer, guards, operations, operationId);
    if (cluster.revision() != before) {
      effect.run();
    }
    if (!(result instanceof CommitResult.Committed)) {
      host.note("commit %s: %s", operationId, result);
    }
    return result;
  }

  private void read() {
    if (!access.request() || !access.answer()) {
      throw new IllegalStateException("the store does not answer");
    }
  }

  @Override
  public Optional<Entry> get(String key) {
    read();
    return cluster.get(key);
  }

  @Override
  public Listing list(String prefix, String after, long atRevision, int limit) {
    StoreLimits.checkListing(limit);
    read();
    long revision = atRevision == 0 ? cluster.revision() : atRevision;
    if (revision < cluster.compactedRevision()) {
      throw new RevisionCompactedException(revision);
    }
    List<Entry> entries = cluster.list(prefix, after, revision);
    return new Listing(
        entries.subList(0, Math.min(limit, entries.size())), revision, entries.size() > limit);
  }

  /// Controllers read the store when they begin and watch only its leader.
  @Override
  public Watch watch(long fromRevision, Listener listener) {
    throw new UnsupportedOperationException("the model of the store is not watched");
  }

  @Override
  public long revision() {
    read();
    return cluster.revision();
  }

  @Override
  public long term() {
    return term;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
