package net.bellwether.controller.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.KnownAgent;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// Which key holds what, and which keys differ between two states.
final class Keys {
  static final String TOPOLOGY = "/topology";
  static final String COUNTERS = "/counters";
  static final String AGENTS = "/agents/";
  static final String FLOWS = "/flows/";
  static final String SESSIONS = "/sessions/";

  /// Name of the last commit whose outcome was unknown.
  static final String SETTLED = "/settled";

  private static final String COUNTERS_KIND = "counters 1";
  private static final String AGENT_KIND = "agent 1";

  private Keys() {}

  /// The operations that take `before` to `after`, what belongs together side by side.
  static List<Operation> changes(ControlState before, ControlState after) {
    List<Operation> changes = new ArrayList<>();
    TopologyInForce topology = after.topology();
    if (topology != null && !topology.equals(before.topology())) {
      changes.add(Operation.put(TOPOLOGY, TopologyCode.write(topology)));
    }
    if (after.lastSessionNumber() != before.lastSessionNumber()) {
      changes.add(Operation.put(COUNTERS, counters(after)));
    }
    for (NodeId node : changed(before.agents(), after.agents())) {
      change(AGENTS + node, before.agents(), after.agents(), node, Keys::agent, changes);
    }
    SortedSet<FlowId> ids = changed(before.sessions(), after.sessions());
    ids.addAll(changed(before.flows(), after.flows()));
    for (FlowId id : ids) {
      change(SESSIONS + id, before.sessions(), after.sessions(), id, SessionCode::write, changes);
      change(FLOWS + id, before.flows(), after.flows(), id, FlowCode::write, changes);
    }
    return changes;
  }

  /// Keys of which the two maps do not say the same.
  private static <K, V> SortedSet<K> changed(Map<K, V> before, Map<K, V> after) {
    SortedSet<K> changed = new TreeSet<>();
    int both = 0;
    for (Map.Entry<K, V> entry : after.entrySet()) {
      @Nullable V old = before.get(entry.getKey());
      both += old == null ? 0 : 1;
      if (!entry.getValue().equals(old)) {
        changed.add(entry.getKey());
      }
    }
    if (both < before.size()) {
      for (K key : before.keySet()) {
        if (!after.containsKey(key)) {
          changed.add(key);
        }
      }
    }
    return changed;
  }

  private static <K, V> void change(
      String key,
      Map<K, V> before,
      Map<K, V> after,
      K id,
      Function<V, byte[]> write,
      List<Operation> changes) {
    @Nullable V old = before.get(id);
    @Nullable V now = after.get(id);
    if (now == null) {
      if (old != null) {
        changes.add(Operation.delete(key));
      }
    } else if (!now.equals(old)) {
      changes.add(Operation.put(key, write.apply(now)));
    }
  }

  private static byte[] counters(ControlState state) {
    return new Lines.Writer(COUNTERS_KIND)
        .put("last-session-number", state.lastSessionNumber())
        .bytes();
  }

  static long readCounters(byte[] value) {
    return new Lines.Reader(COUNTERS, value, COUNTERS_KIND).takeLong("last-session-number");
  }

  private static byte[] agent(KnownAgent agent) {
    return new Lines.Writer(AGENT_KIND)
        .put("node", agent.node())
        .putText("endpoint", agent.peerEndpoint())
        .put("changes", agent.endpointChanges())
        .bytes();
  }

  static SequencedMap<NodeId, KnownAgent> readAgents(List<StateStore.Entry> entries) {
    SequencedMap<NodeId, KnownAgent> agents = new TreeMap<>();
    for (StateStore.Entry entry : entries) {
      Lines.Reader in = new Lines.Reader(entry.key(), entry.value().toByteArray(), AGENT_KIND);
      KnownAgent agent =
          new KnownAgent(
              NodeId.of(in.take("node")), in.takeText("endpoint"), in.takeLong("changes"));
      agents.put(agent.node(), agent);
    }
    return agents;
  }
}
