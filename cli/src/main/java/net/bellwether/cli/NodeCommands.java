package net.bellwether.cli;

import java.util.Locale;
import net.bellwether.v1.ListNodesRequest;
import net.bellwether.v1.ListNodesResponse;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.QubitCounts;
import picocli.CommandLine.Command;

/// `bellctl node`.
@Command(name = "node", description = "Nodes and their agents.")
final class NodeCommands {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Bellctl root;

  NodeCommands(Bellctl root) {
    this.root = root;
  }

  @Command(name = "ls", description = "Lists nodes with what their agents report.")
  int list() {
    try (ControllerConnection controller = root.connect()) {
      ListNodesResponse response =
          controller.topology().listNodes(ListNodesRequest.getDefaultInstance());
      Answers.print(root, response, () -> table(response));
    }
    return Exit.OK.code();
  }

  private static String table(ListNodesResponse response) {
    Table table =
        new Table(
            "NODE",
            "ROLE",
            "AGENT",
            "VERSION",
            "FLOWS",
            "QUBITS",
            "CLOCK",
            "KEY ENDPOINT",
            "DIFFERENCES");
    for (NodeStatus node : response.getNodesList()) {
      table.row(
          node.getNode(),
          node.getRole().isEmpty() ? "undeclared" : node.getRole(),
          node.getConnected() ? "connected" : "away",
          dash(node.getAgentVersion()),
          String.valueOf(node.getInstalledFlows()),
          node.hasQubits() ? qubits(node.getQubits()) : "-",
          clock(node),
          dash(node.getKeyEndpoint()),
          dash(String.join("; ", node.getDifferencesList())));
    }
    return table.text();
  }

  /// How far it is ahead of the network's.
  private static String clock(NodeStatus node) {
    if (!node.hasClock()) {
      return "-";
    }
    String figure =
        Figures.signedMillis(node.getClock().getOffsetNanos() / NANOS_PER_MILLI)
            + String.format(
                Locale.ROOT, " ± %.1f ms", node.getClock().getUncertaintyNanos() / NANOS_PER_MILLI);
    return node.getConditionsCount() == 0 ? figure : figure + ", not scheduled";
  }

  private static String qubits(QubitCounts qubits) {
    String communication =
        "%d free, %d generating, %d holding, %d waiting"
            .formatted(
                qubits.getFree(), qubits.getGenerating(), qubits.getHolding(), qubits.getWaiting());
    return qubits.getKept() == 0
        ? communication
        : communication + "; %d kept in memory".formatted(qubits.getKept());
  }

  private static String dash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
