package net.bellwether.controller.record;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.store.StateStore;
import net.bellwether.topology.id.FlowId;

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
    TopologyInForce topology =
        find.apply(Keys.TOPOLOGY)
            .map(e -> TopologyCode.read(e.key(), e.value().toByteArray(), e.revision()))
            .orElse(null);
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
    return new ControlState(
        topology, sessions, flows, Keys.readAgents(list.apply(Keys.AGENTS)), lastNumber);
  }
}
