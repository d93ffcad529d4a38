package net.bellwether.controller.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.bellwether.controller.engine.AgentEvent;
import net.bellwether.controller.engine.Telemetry;
import net.bellwether.controller.state.AgentFacts;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.controller.state.QubitUse;
import net.bellwether.controller.tracker.KeyCounts;
import net.bellwether.controller.tracker.Stock;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.AgentHello;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.FlowCounters;
import net.bellwether.v1.InstalledFlow;
import net.bellwether.v1.InstalledFlows;
import net.bellwether.v1.KeyStock;
import net.bellwether.v1.PrepareResult;
import net.bellwether.v1.QubitCounts;
import net.bellwether.v1.TelemetryReport;
import net.bellwether.v1.TestOutcomes;
import net.bellwether.wire.Vocabulary;

/// Messages of an agent in the words of the core. What is malformed is an IllegalArgumentException.
public final class AgentMessages {
  private static final Pattern ENDPOINT = Pattern.compile("[^\\s]{1,255}:[0-9]{1,5}");

  private AgentMessages() {}

  /// What an agent says of itself first.
  public static AgentFacts facts(AgentHello hello) {
    checkEndpoint("hello.peer_endpoint", hello.getPeerEndpoint());
    if (!hello.getKeyEndpoint().isEmpty()) {
      checkEndpoint("hello.key_endpoint", hello.getKeyEndpoint());
    }
    return new AgentFacts(
        hello.getVersion(),
        hello.getInventory().getCommunicationQubitCount(),
        hello.getInventory().getMemoryQubitCount(),
        hello.getInventory().getLinksList(),
        hello.getInventory().getDriver(),
        hello.getPeerEndpoint(),
        hello.getKeyEndpoint(),
        Vocabulary.fromProto(hello.getNetworkTime()));
  }

  /// Endpoints are stored, and sent to all peers of the node.
  private static void checkEndpoint(String field, String endpoint) {
    if (!ENDPOINT.matcher(endpoint).matches()) {
      throw new IllegalArgumentException(
          field + " (" + endpoint + ") must be HOST:PORT of at most 261 characters");
    }
  }

  /// What any later message of the agent of `node` means.
  public static AgentEvent event(NodeId node, ConnectRequest message) {
    return switch (message.getMessageCase()) {
      case PREPARE_RESULT -> prepared(node, message.getPrepareResult());
      case TELEMETRY -> new AgentEvent.Measured(node, telemetry(message.getTelemetry()));
      case INSTALLED -> new AgentEvent.Reported(node, held(message.getInstalled()));
      case HELLO -> throw new IllegalArgumentException("hello must be the first message only");
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("message must be of a kind that this version knows");
    };
  }

  private static AgentEvent prepared(NodeId node, PrepareResult result) {
    return new AgentEvent.Prepared(
        node,
        new Held(FlowId.of(result.getFlow()), result.getGeneration()),
        result.getAccepted(),
        result.getReason());
  }

  private static SequencedMap<Held, Long> held(InstalledFlows installed) {
    SequencedMap<Held, Long> held = new TreeMap<>();
    for (InstalledFlow flow : installed.getFlowsList()) {
      held.put(
          new Held(FlowId.of(flow.getFlow()), flow.getGeneration()), flow.getActiveFromFrame());
    }
    return held;
  }

  private static Telemetry telemetry(TelemetryReport report) {
    NetworkTime to = Vocabulary.fromProto(report.getTo());
    List<Telemetry.Attempts> attempts = new ArrayList<>();
    List<Telemetry.Deliveries> deliveries = new ArrayList<>();
    for (FlowCounters counters : report.getFlowsList()) {
      if (counters.getLink().isEmpty()) {
        deliveries.add(
            new Telemetry.Deliveries(
                FlowId.of(counters.getFlow()),
                counters.getGeneration(),
                notNegative("delivered_count", counters.getDeliveredCount()),
                notNegative("frame_count", counters.getFrameCount())));
      } else {
        attempts.add(
            new Telemetry.Attempts(
                LinkId.of(counters.getLink()),
                counters.getMode(),
                notNegative("attempt_count", counters.getAttemptCount()),
                notNegative("herald_count", counters.getHeraldCount())));
      }
    }
    return new Telemetry(
        to,
        attempts,
        deliveries,
        report.getTestsList().stream().map(AgentMessages::tests).toList(),
        report.getStocksList().stream().map(stock -> stock(stock, to)).toList(),
        report.hasQubits() ? Optional.of(qubits(report.getQubits())) : Optional.empty(),
        clocks(report));
  }

  private static SequencedMap<NodeId, ClockOffset> clocks(TelemetryReport report) {
    SequencedMap<NodeId, ClockOffset> clocks = new TreeMap<>();
    for (var offset : report.getClocksList()) {
      clocks.put(
          NodeId.of(offset.getPeer()),
          new ClockOffset(
              offset.getOffsetNanos(),
              notNegative("uncertainty_nanos", offset.getUncertaintyNanos())));
    }
    return clocks;
  }

  private static QubitUse qubits(QubitCounts qubits) {
    return new QubitUse(
        qubits.getFree(),
        qubits.getGenerating(),
        qubits.getHolding(),
        qubits.getWaiting(),
        qubits.getKept());
  }

  private static Telemetry.Tests tests(TestOutcomes tests) {
    return new Telemetry.Tests(
        LinkId.of(tests.getLink()), tests.getMode(), tests.getEpoch(), outcomes(tests));
  }

  private static OutcomeFrame outcomes(TestOutcomes tests) {
    try {
      return OutcomeFrame.parse(tests.getOutcomes().toByteArray());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "telemetry.tests of link %s: %s".formatted(tests.getLink(), e.getMessage()), e);
    }
  }

  private static Telemetry.SessionStock stock(KeyStock stock, NetworkTime at) {
    return new Telemetry.SessionStock(
        FlowId.of(stock.getSessionId()),
        new Stock(
            stock.getDistilledBits(),
            stock.getZ().getCompared(),
            stock.getZ().getErrors(),
            stock.getX().getCompared(),
            stock.getX().getErrors(),
            stock.getY().getCompared(),
            stock.getY().getErrors(),
            at),
        new KeyCounts(stock.getDeliveredKeyCount(), stock.getBurntKeyCount()));
  }

  private static long notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " (" + value + ") must be at least 0");
    }
    return value;
  }
}
