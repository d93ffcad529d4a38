package net.bellwether.controller.state;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// What the controller believes about one agent: its last hello, whether its stream is up, and the
/// generations it holds with the frame each is active from (0 while only prepared). Until it has
/// `reported` what it holds, nothing is concluded from `installed`. After a disconnection the last
/// report stands: only orders change what an agent holds. `refusals` are its last reasons not to
/// accept; `qubits` is what it reported last of its communication qubits, if its books agreed;
/// `clocks` is how far those of its peers were ahead of its own, nothing once it is away.
public record AgentStatus(
    NodeId node,
    AgentFacts facts,
    boolean connected,
    boolean reported,
    NavigableMap<Held, Long> installed,
    SequencedMap<Held, String> refusals,
    Optional<QubitUse> qubits,
    SequencedMap<NodeId, ClockOffset> clocks) {
  /// A generation of a flow.
  public record Held(FlowId flow, long generation) implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      int byFlow = flow.compareTo(other.flow);
      return byFlow != 0 ? byFlow : Long.compare(generation, other.generation);
    }
  }

  public AgentStatus {
    installed = Collections.unmodifiableNavigableMap(new TreeMap<>(installed));
    refusals = Collections.unmodifiableSequencedMap(new TreeMap<>(refusals));
    clocks = Collections.unmodifiableSequencedMap(new TreeMap<>(clocks));
  }

  public static AgentStatus connected(NodeId node, AgentFacts facts) {
    return new AgentStatus(
        node,
        facts,
        true,
        false,
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.empty(),
        new TreeMap<>());
  }

  public AgentStatus disconnected() {
    return new AgentStatus(
        node, facts, false, reported, installed, refusals, qubits, new TreeMap<>());
  }

  /// Whether orders can be given and answers believed.
  public boolean isReady() {
    return connected && reported;
  }

  public boolean holds(FlowId flow, long generation) {
    return installed.containsKey(new Held(flow, generation));
  }

  /// The newest generation of `flow`, up to `limit`, that it holds; 0 where it holds none.
  public long newestHeld(FlowId flow, long limit) {
    @Nullable Held newest = installed.floorKey(new Held(flow, limit));
    return newest != null && newest.flow().equals(flow) ? newest.generation() : 0;
  }

  /// Whether it is known to run the generation.
  public boolean runs(FlowId flow, long generation) {
    return installed.getOrDefault(new Held(flow, generation), 0L) > 0;
  }

  public AgentStatus withReport(SequencedMap<Held, Long> held) {
    return new AgentStatus(
        node, facts, connected, true, new TreeMap<>(held), refusals, qubits, clocks);
  }

  public AgentStatus withInstalled(Held held, long activeFromFrame) {
    NavigableMap<Held, Long> next = new TreeMap<>(installed);
    next.merge(held, activeFromFrame, Math::max);
    SequencedMap<Held, String> open = new TreeMap<>(refusals);
    open.remove(held);
    return new AgentStatus(node, facts, connected, reported, next, open, qubits, clocks);
  }

  public AgentStatus withRefusal(Held held, String reason) {
    SequencedMap<Held, String> next = new TreeMap<>(refusals);
    next.put(held, reason);
    return new AgentStatus(node, facts, connected, reported, installed, next, qubits, clocks);
  }

  public AgentStatus withMeasured(
      Optional<QubitUse> qubitsNow, SequencedMap<NodeId, ClockOffset> clocksNow) {
    return new AgentStatus(
        node, facts, connected, reported, installed, refusals, qubitsNow, clocksNow);
  }
}
