package net.bellwether.simulation.fault.bug;

import java.util.List;
import java.util.Optional;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;
import net.bellwether.simulation.fault.store.StoreCluster;
import net.bellwether.simulation.fault.world.World;

/// A store that loses some of the commits that it acknowledged.
public final class ForgetfulStore implements StateStore {
  private final StateStore store;
  private final StoreCluster cluster;
  private final World world;

  public ForgetfulStore(StateStore store, StoreCluster cluster, World world) {
    this.store = store;
    this.cluster = cluster;
    this.world = world;
  }

  @Override
  public CommitResult commit(List<Guard> guards, List<Operation> operations, String operationId) {
    CommitResult result = store.commit(guards, operations, operationId);
    if (result instanceof CommitResult.Committed && world.chance(0.05)) {
      cluster.loseLast();
    }
    return result;
  }

  @Override
  public Optional<Entry> get(String key) {
    return store.get(key);
  }

  @Override
  public Listing list(String prefix, String after, long atRevision, int limit) {
    return store.list(prefix, after, atRevision, limit);
  }

  @Override
  public Watch watch(long fromRevision, Listener listener) {
    return store.watch(fromRevision, listener);
  }

  @Override
  public long revision() {
    return store.revision();
  }

  @Override
  public long term() {
    return store.term();
  }

  @Override
  public void close() {
    store.close();
  }
}
