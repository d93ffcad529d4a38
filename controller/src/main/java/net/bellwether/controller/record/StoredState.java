package net.bellwether.controller.record;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.KnownAgent;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.store.StateStore;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Reads the durable state from what stands under its keys.
final class StoredState {
  private StoredState() {}

  /// `find` answers the entry of a key, `list` those below a prefix, in the order of their keys.
  ///
  /// @throws IllegalStateException where a record cannot be read, or an import did not end
  static ControlState read(
      Function<String, Optional<StateStore.Entry>> find,
      Function<String, List<StateStore.Entry>> list) {
    if (find.apply(StateImage.UNFINISHED).isPresent()) {
      throw new IllegalStateException(
          "the import of a state was interrupted: what is there is not whole\nremove the state (the"
              + " directory of the store, or the keys under its prefix in etcd) and import again");
    }
    CompletableFuture<Optional<TopologyInForce>> topology = topology(find.apply(Keys.TOPOLOGY));
    long lastNumber =
        find.apply(Keys.COUNTERS).map(e -> Keys.readCounters(e.value().toByteArray())).orElse(0L);
    SequencedMap<FlowId, Session> sessions = new LinkedHashMap<>();
    list.apply(Keys.SESSIONS).stream()
        .map(e -> SessionCode.read(e.key(), e.value().toByteArray()))
        .sorted(Comparator.comparingLong(Session::number))
        .forEach(session -> sessions.put(session.id(), session));
    SequencedMap<FlowId, Flow> flows = new TreeMap<>();
    for (StateStore.Entry entry : list.apply(Keys.FLOWS)) {
      Flow flow = FlowCode.read(entry.key(), entry.value().toByteArray());
      flows.put(flow.id(), flow);
    }
    SequencedMap<NodeId, KnownAgent> agents = Keys.readAgents(list.apply(Keys.AGENTS));
    return new ControlState(join(topology).orElse(null), sessions, flows, agents, lastNumber);
  }

  /// Beside the rest, on another processor: of 5,000 links it takes a new leader as long as
  /// everything else, two thirds of the time with 1,600 sessions.
  private static CompletableFuture<Optional<TopologyInForce>> topology(
      Optional<StateStore.Entry> stored) {
    return CompletableFuture.supplyAsync(
        () -> stored.map(e -> TopologyCode.read(e.key(), e.value().toByteArray(), e.revision())),
        Thread::startVirtualThread);
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw e;
    }
  }
}
