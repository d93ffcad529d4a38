package net.bellwether.simulation.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.bellwether.agent.engine.EngineCount;
import net.bellwether.agent.engine.InstalledGeneration;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.emulator.nature.NatureReport;
import net.bellwether.simulation.fault.agent.Agent;
import net.bellwether.simulation.fault.client.Tenant;
import net.bellwether.simulation.fault.control.Controller;
import net.bellwether.simulation.fault.key.KeyManager;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.KeySession;
import org.jspecify.annotations.Nullable;

/// What is not as it should be once nothing goes wrong any more.
final class Rest {
  private static final int SHOWN_MAX = 5;

  private final FaultWorld at;
  private final List<String> unrest = new ArrayList<>();

  private Rest(FaultWorld at) {
    this.at = at;
  }

  /// Empty where all is at rest.
  static String unrest(FaultWorld at) {
    Rest rest = new Rest(at);
    rest.look();
    return rest.text();
  }

  /// What is left of pairs when all rules are gone; empty where every qubit is free.
  static String leaks(FaultWorld at) {
    Rest rest = new Rest(at);
    rest.lookForLeaks();
    return rest.text();
  }

  private String text() {
    return String.join("; ", unrest.subList(0, Math.min(SHOWN_MAX, unrest.size())));
  }

  @SuppressWarnings("AnnotateFormatMethod") // not worth a dependency
  private void add(String what, Object... values) {
    unrest.add(what.formatted(values));
  }

  private void look() {
    for (Tenant tenant : at.tenants) {
      if (tenant.pendingCount() > 0) {
        add("tenant %s waits for an answer", tenant.name());
      }
    }
    if (at.operator.pendingCount() > 0) {
      add("the operator waits for an answer");
    }
    Controller leader = at.leader();
    @Nullable ControlState state = leader == null ? null : leader.state();
    if (state == null) {
      add("no controller leads");
      return;
    }
    state.sessions().values().forEach(this::look);
    at.agents.values().forEach(agent -> look(agent, state));
  }

  private void look(Session session) {
    boolean settled =
        switch (session.phase()) {
          case PENDING, CLOSING -> false;
          case DEGRADED -> !session.shortfall().isEmpty();
          case ACTIVE, CLOSED -> true;
        };
    if (!settled) {
      add("session %s is %s", session.id(), session.phase());
    }
  }

  private void look(Agent agent, ControlState state) {
    KeyManager keys = agent.keys();
    if (!agent.isWorking() || keys == null) {
      add("the agent of %s does not work", agent.node());
      return;
    }
    TreeMap<Held, Boolean> wanted = new TreeMap<>();
    for (Flow flow : state.flows().values()) {
      for (Generation generation : flow.generations()) {
        if (generation.ruleSets().containsKey(agent.node())) {
          boolean target = flow.findTarget().filter(generation::equals).isPresent();
          if (!flow.wanted() || !target) {
            add("flow %s has %d left", flow.id(), generation.number());
          } else {
            wanted.put(new Held(flow.id(), generation.number()), generation.isActivated());
          }
        }
      }
    }
    TreeMap<Held, Boolean> held = new TreeMap<>();
    for (InstalledGeneration each : at.nature.node(agent.node()).engine().installed()) {
      held.put(new Held(each.ruleSet().flow(), each.ruleSet().generation()), each.isActive());
    }
    if (!held.equals(wanted)) {
      add("node %s holds %s, wanted is %s", agent.node(), held, wanted);
    }
    lookAtKeys(agent.node(), keys, state);
  }

  private void lookAtKeys(NodeId node, KeyManager keys, ControlState state) {
    TreeSet<String> open = new TreeSet<>();
    for (KeySession session : keys.openSessions()) {
      open.add(session.getSessionId());
    }
    TreeSet<String> wanted = new TreeSet<>();
    for (Session session : state.liveSessions()) {
      boolean endsHere =
          session.request().fromNode().equals(node) || session.request().toNode().equals(node);
      boolean routed = state.findFlow(session.id()).flatMap(Flow::findTarget).isPresent();
      if (endsHere && routed) {
        wanted.add(session.id().value());
      }
      if (endsHere && session.phase() == Phase.DEGRADED && !routed) {
        open.remove(session.id().value());
      }
    }
    if (!open.equals(wanted)) {
      add("key manager of %s has open %s, wanted is %s", node, open, wanted);
    }
    if (keys.hasUntoldBurns()) {
      add("key manager of %s has burnt keys that its peer does not know of", node);
    }
  }

  private void lookForLeaks() {
    for (NodeId node : at.agents.keySet()) {
      EngineCount count = at.nature.node(node).engine().count();
      if (count.livePairCount()
              + count.heldMessageCount()
              + count.openRoundCount()
              + count.pendingCommandCount()
          > 0) {
        add("the engine of %s is left with %s", node, count);
      }
    }
    for (NatureReport.OfNode node : at.nature.nature().nodes()) {
      if (node.heldQubitCount() > 0) {
        add("%d qubits of %s hold pairs", node.heldQubitCount(), node.node());
      }
    }
  }
}
