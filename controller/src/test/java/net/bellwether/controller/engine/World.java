package net.bellwether.controller.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.controller.intent.Application;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.reconcile.Addressed;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.state.AgentFacts;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// A core in virtual time, with a journal in memory and agents that are message endpoints and
/// nothing else: they keep what they are told, durably, and answer.
final class World {
  /// Network time is this far ahead of monotonic time.
  static final long EPOCH_FRAMES = 17_000_000_000L;

  /// Agent of one node.
  final class FakeAgent {
    final NodeId node;
    final TreeMap<Held, Long> holds = new TreeMap<>();
    final List<Order> orders = new ArrayList<>();
    boolean connected;
    String refuses = "";

    /// How far its device's clock is ahead.
    long clockMillis;

    String endpoint;

    FakeAgent(String name) {
      node = NodeId.of(name);
      endpoint = name + ":7001";
    }

    void connect() {
      connected = true;
      core.handle(
          new AgentEvent.Connected(
              node,
              new AgentFacts("0.1.0", 320, 320, List.of(), "emulated", endpoint, "", now(this))),
          millis);
      core.handle(new AgentEvent.Reported(node, holds), millis);
      settle();
    }

    void disconnect() {
      connected = false;
      core.handle(new AgentEvent.Disconnected(node), millis);
      settle();
    }

    private void take(Order order) {
      if (!connected) {
        return;
      }
      orders.add(order);
      switch (order) {
        case Order.Prepare(var rules, var endpoints) -> {
          Held held = new Held(rules.flow(), rules.generation());
          boolean accepts = refuses.isEmpty();
          if (accepts) {
            holds.putIfAbsent(held, 0L);
          }
          core.handle(new AgentEvent.Prepared(node, held, accepts, refuses), millis);
        }
        case Order.Activate(FlowId flow, long generation, long frame) ->
            holds.put(new Held(flow, generation), frame);
        case Order.Remove(FlowId flow, long upTo) -> {
          holds.keySet().removeIf(h -> h.flow().equals(flow) && h.generation() <= upTo);
          core.handle(new AgentEvent.Reported(node, holds), millis);
        }
        case Order.Keys keys -> {}
      }
    }

    List<Order.Keys> keys() {
      return orders.stream()
          .filter(Order.Keys.class::isInstance)
          .map(Order.Keys.class::cast)
          .toList();
    }

    boolean holdsFlow(FlowId flow) {
      return holds.keySet().stream().anyMatch(held -> held.flow().equals(flow));
    }

    List<Long> generations(FlowId flow) {
      return holds.keySet().stream()
          .filter(held -> held.flow().equals(flow))
          .map(Held::generation)
          .toList();
    }
  }

  /// Keeps the last committed state; may be told to fail.
  static final class MemoryJournal implements Journal {
    ControlState durable = ControlState.EMPTY;
    long revision;
    boolean fails;

    @Override
    public ControlState load() {
      return durable;
    }

    @Override
    public ControlState commit(ControlState before, ControlState after) {
      if (fails) {
        throw new IllegalStateException("disk full");
      }
      if (!before.equals(durable)) {
        throw new AssertionError("a commit must follow the durable state");
      }
      durable = after;
      revision++;
      TopologyInForce topology = after.topology();
      if (topology != null && topology.revision() == 0) {
        durable =
            after.with(
                new TopologyInForce(
                    topology.document(), topology.documentName(), topology.network(), revision));
      }
      return durable;
    }
  }

  final MemoryJournal journal = new MemoryJournal();
  final TreeMap<String, FakeAgent> agents = new TreeMap<>();
  ControlCore core = new ControlCore(journal, () -> 0);
  long millis = 1_000;

  World(String... nodes) {
    for (String node : nodes) {
      agents.put(node, new FakeAgent(node));
    }
  }

  FakeAgent agent(String node) {
    return agents.computeIfAbsent(node, FakeAgent::new);
  }

  World connectAll() {
    agents.values().forEach(FakeAgent::connect);
    return this;
  }

  Application apply(String document, boolean replan) {
    Application result = core.apply(Documents.topology(document), replan, false);
    settle();
    return result;
  }

  Opening open(String requestId, String from, String to, double rate, double floor) {
    Opening opening = core.open("t", requestId, request(from, to, rate, floor));
    settle();
    return opening;
  }

  static SessionRequest request(String from, String to, double rate, double floor) {
    return new SessionRequest("app-a", NodeId.of(from), "app-b", NodeId.of(to), rate, floor);
  }

  Session opened(String requestId, String from, String to, double rate, double floor) {
    return switch (open(requestId, from, to, rate, floor)) {
      case Opening.Opened opened -> session(opened.session().id());
      case Opening other -> throw new AssertionError("not opened: " + other);
    };
  }

  Session session(FlowId id) {
    return core.state().findSession(id).orElseThrow();
  }

  void close(FlowId id) {
    core.close(session(id));
    settle();
  }

  NetworkTime now(FakeAgent agent) {
    return now().plusPicos(agent.clockMillis * 1_000_000_000L);
  }

  NetworkTime now() {
    return NetworkTime.startOfFrame(EPOCH_FRAMES + millis / 100);
  }

  void settle() {
    for (int i = 0; i < 50; i++) {
      List<Addressed> due = core.settle(millis);
      if (due.isEmpty()) {
        return;
      }
      due.forEach(addressed -> agent(addressed.node().value()).take(addressed.order()));
    }
    throw new AssertionError("orders never end");
  }

  /// Lets time pass, with agents that report now and then.
  World pass(double seconds) {
    for (long end = millis + (long) (seconds * 1_000); millis < end; ) {
      millis += 100;
      if (millis % 1_000 == 0) {
        for (FakeAgent agent : agents.values()) {
          if (agent.connected) {
            report(agent.node.value(), List.of(), List.of());
          }
        }
      }
      settle();
    }
    return this;
  }

  void report(String node, List<Telemetry.Attempts> attempts, List<Telemetry.Tests> tests) {
    core.handle(
        new AgentEvent.Measured(
            NodeId.of(node),
            new Telemetry(
                now(agent(node)),
                attempts,
                List.of(),
                tests,
                List.of(),
                Optional.empty(),
                clocks(agent(node)))),
        millis);
  }

  /// Of the nodes at the other ends of its links, each to a millisecond.
  private SequencedMap<NodeId, ClockOffset> clocks(FakeAgent agent) {
    SequencedMap<NodeId, ClockOffset> clocks = new TreeMap<>();
    for (Link link :
        core.state().findNetwork().map(network -> network.links().values()).orElse(List.of())) {
      if (agent.node.equals(link.a()) || agent.node.equals(link.b())) {
        NodeId peer = agent.node.equals(link.a()) ? link.b() : link.a();
        FakeAgent other = agents.get(peer.value());
        if (other != null && other.connected) {
          long millisAhead = other.clockMillis - agent.clockMillis;
          clocks.put(peer, new ClockOffset(millisAhead * 1_000_000, 1_000_000));
        }
      }
    }
    return clocks;
  }

  static LinkId link(String name) {
    return LinkId.of(name);
  }

  /// The controller dies and starts again; agents notice and reconnect.
  void restartController() {
    core = new ControlCore(journal, () -> 0);
    for (FakeAgent agent : agents.values()) {
      agent.orders.clear();
      if (agent.connected) {
        agent.connect();
      }
    }
  }
}
