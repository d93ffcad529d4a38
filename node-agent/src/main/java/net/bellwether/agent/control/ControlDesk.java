package net.bellwether.agent.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.bellwether.agent.engine.Installation;
import net.bellwether.agent.engine.InstalledGeneration;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.v1.ActivateGeneration;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.InstalledFlow;
import net.bellwether.v1.InstalledFlows;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.PeerEndpoint;
import net.bellwether.v1.PrepareResult;
import net.bellwether.v1.PrepareRuleSet;
import net.bellwether.v1.RemoveFlow;
import net.bellwether.wire.Vocabulary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out the controller's orders: on the rule engine at once, and on the durable record,
/// whose commit releases the answers.
///
/// Not safe for use by several threads.
public final class ControlDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);

  private final NodeId node;
  private final RuleEngine engine;
  private final StandingOrders orders;
  private final BiConsumer<NodeId, String> peers;
  private final Consumer<KeySession> keys;
  private final List<ConnectRequest> answers = new ArrayList<>();
  private @Nullable ConnectRequest installed;

  /// Links of the device; empty until it was attached once, then rule sets are checked against it.
  private Set<LinkId> links = Set.of();

  private boolean servesApplications = true;
  private int communicationQubitCount;

  /// Whether an order was obeyed.
  public enum Verdict {
    OBEYED,
    /// It came from a controller that is not the leader any more.
    STALE_TERM,
    /// It could not be recorded, so the controller must not believe that it was obeyed.
    NOT_RECORDED
  }

  /// `peers` learns endpoints; `keys` learns key sessions and keeps them itself, or throws
  /// LedgerUnavailableException.
  public ControlDesk(
      NodeId node,
      RuleEngine engine,
      StandingOrders orders,
      BiConsumer<NodeId, String> peers,
      Consumer<KeySession> keys) {
    this.node = node;
    this.engine = engine;
    this.orders = orders;
    this.peers = peers;
    this.keys = keys;
  }

  public void attached(List<LinkId> deviceLinks, int communicationQubitCount) {
    links = new TreeSet<>(deviceLinks);
    this.communicationQubitCount = communicationQubitCount;
  }

  /// The node serves no applications, and refuses rules that keep pairs for one.
  public void keepsNothing() {
    servesApplications = false;
  }

  /// Takes up the recorded orders after a restart.
  public void resume() {
    for (PrepareRuleSet order : orders.prepared()) {
      learnPeers(order);
      if (install(order) instanceof Installation.Refused(String reason)) {
        LOG.warn("{}: recorded rule set is not installed: {}", node, reason);
      }
    }
    orders.activated().forEach(this::run);
  }

  /// Carries out one order. Its answer is given by `commit`.
  public Verdict handle(ConnectResponse order) {
    if (order.getTerm() < orders.term()) {
      LOG.warn(
          "{}: refused an order of term {}; the highest seen is {}",
          node,
          order.getTerm(),
          orders.term());
      return Verdict.STALE_TERM;
    }
    orders.raiseTerm(order.getTerm());
    switch (order.getMessageCase()) {
      case HELLO ->
          LOG.info(
              "{}: controller {} leads in term {}",
              node,
              order.getHello().getVersion(),
              order.getTerm());
      case PREPARE -> prepare(order.getPrepare());
      case ACTIVATE -> activate(order.getActivate());
      case REMOVE -> remove(order.getRemove());
      case KEY_SESSION -> {
        return keySession(order.getKeySession());
      }
      case MESSAGE_NOT_SET -> LOG.warn("{}: an order of a kind this version does not know", node);
    }
    return Verdict.OBEYED;
  }

  private void prepare(PrepareRuleSet order) {
    Installation installation = install(order);
    PrepareResult.Builder result =
        PrepareResult.newBuilder()
            .setFlow(order.getRuleSet().getFlow())
            .setGeneration(order.getRuleSet().getGeneration());
    switch (installation) {
      case Installation.Accepted() -> {
        learnPeers(order);
        orders.prepare(order);
        result.setAccepted(true);
      }
      case Installation.Refused(String reason) -> result.setReason(reason);
    }
    answers.add(ConnectRequest.newBuilder().setPrepareResult(result).build());
  }

  private Installation install(PrepareRuleSet order) {
    try {
      for (PeerEndpoint peer : order.getPeersList()) {
        NodeId.of(peer.getNode());
      }
      RuleSet ruleSet = Vocabulary.fromProto(order.getRuleSet());
      for (Rule rule : ruleSet.rules()) {
        if (rule instanceof Rule.Keep keep && !servesApplications) {
          return new Installation.Refused(
              "application %s cannot be served: node %s has no applicationListen"
                  .formatted(keep.application().name(), node));
        }
      }
      Optional<String> lack = links.isEmpty() ? Optional.empty() : lack(ruleSet);
      if (lack.isPresent()) {
        return new Installation.Refused(lack.get());
      }
      installed = null;
      return engine.prepare(ruleSet);
    } catch (IllegalArgumentException e) {
      return new Installation.Refused(String.valueOf(e.getMessage()));
    }
  }

  /// What the device does not have of what the rules need, if anything.
  private Optional<String> lack(RuleSet ruleSet) {
    long modes = 0;
    for (Rule rule : ruleSet.rules()) {
      if (rule instanceof Rule.Attempt attempt) {
        modes += attempt.multiplexing();
        if (!links.contains(attempt.link())) {
          return Optional.of(
              "link (%s) must be one of the device's: %s".formatted(attempt.link(), links));
        }
      }
    }
    return modes > communicationQubitCount
        ? Optional.of(
            "multiplexing of all attempts (%d) must be at most the device's %d communication qubits"
                .formatted(modes, communicationQubitCount))
        : Optional.empty();
  }

  private void learnPeers(PrepareRuleSet order) {
    for (PeerEndpoint peer : order.getPeersList()) {
      if (!peer.getNode().equals(node.value()) && !peer.getEndpoint().isEmpty()) {
        peers.accept(NodeId.of(peer.getNode()), peer.getEndpoint());
      }
    }
  }

  private void activate(ActivateGeneration order) {
    if (run(order)) {
      orders.activate(order);
    } else {
      // The controller believes that it is prepared here: tell what is.
      answers.add(installed());
    }
  }

  private boolean run(ActivateGeneration order) {
    installed = null;
    try {
      Installation activation =
          engine.activate(FlowId.of(order.getFlow()), order.getGeneration(), order.getFrame());
      if (activation instanceof Installation.Refused(String reason)) {
        LOG.warn("{}: not activated: {}", node, reason);
        return false;
      }
      return true;
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: order to activate makes no sense: {}", node, e.getMessage());
      return false;
    }
  }

  private void remove(RemoveFlow order) {
    installed = null;
    try {
      engine.remove(FlowId.of(order.getFlow()), order.getUpToGeneration());
      orders.remove(order.getFlow(), order.getUpToGeneration());
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: order to remove makes no sense: {}", node, e.getMessage());
    }
    answers.add(installed());
  }

  private Verdict keySession(KeySession session) {
    try {
      keys.accept(session);
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: key session makes no sense: {}", node, e.getMessage());
    } catch (LedgerUnavailableException e) {
      LOG.error("{}: key session {} is not recorded", node, session.getSessionId(), e);
      return Verdict.NOT_RECORDED;
    }
    return Verdict.OBEYED;
  }

  /// A superseded generation has been forgotten by the engine.
  public void forgotten(FlowId flow, long generation) {
    installed = null;
    orders.forget(flow.value(), generation);
  }

  /// What the node holds, as a message.
  public ConnectRequest installed() {
    ConnectRequest known = installed;
    if (known == null) {
      known = ConnectRequest.newBuilder().setInstalled(installedFlows()).build();
      installed = known;
    }
    return known;
  }

  private InstalledFlows installedFlows() {
    InstalledFlows.Builder flows = InstalledFlows.newBuilder();
    for (InstalledGeneration generation : engine.installed()) {
      flows.addFlows(
          InstalledFlow.newBuilder()
              .setFlow(generation.ruleSet().flow().value())
              .setGeneration(generation.ruleSet().generation())
              .setActiveFromFrame(generation.activeFromFrame()));
    }
    return flows.build();
  }

  /// Makes what was ordered durable, and only then gives the answers.
  ///
  /// @throws java.io.UncheckedIOException where it cannot; the answers are withheld for good
  public List<ConnectRequest> commit() {
    List<ConnectRequest> due = List.copyOf(answers);
    answers.clear();
    orders.save();
    return due;
  }
}
