package net.bellwether.benchmarks.solver;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.device.StandardDevices;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// How good the devices of a network are.
enum Hardware {
  /// As networks are generated.
  STANDARD(
      "standard", StandardDevices.FIDELITY_MIN, StandardDevices.FIDELITY_MAX, 0.99, 0.005, 0.99),
  FINE("fine", 0.97, 0.999, 0.998, 0.001, 0.99);

  private final String title;
  private final double fidelityMin;
  private final double fidelityMax;
  private final double gateFidelity;
  private final double readoutErrorProbability;
  private final double swapSuccessProbability;

  Hardware(
      String title,
      double fidelityMin,
      double fidelityMax,
      double gateFidelity,
      double readoutErrorProbability,
      double swapSuccessProbability) {
    this.title = title;
    this.fidelityMin = fidelityMin;
    this.fidelityMax = fidelityMax;
    this.gateFidelity = gateFidelity;
    this.readoutErrorProbability = readoutErrorProbability;
    this.swapSuccessProbability = swapSuccessProbability;
  }

  @Override
  public String toString() {
    return title;
  }

  String text() {
    return "link fidelity in [%s, %s], gateFidelity %s, readoutErrorProbability %s, swapSuccessProbability %s"
        .formatted(
            fidelityMin,
            fidelityMax,
            gateFidelity,
            readoutErrorProbability,
            swapSuccessProbability);
  }

  /// The network as declared, its devices exchanged for these.
  NetworkView on(Network network) {
    NetworkView declared = NetworkView.declared(network);
    if (this == STANDARD) {
      return declared;
    }
    Operations operations =
        new Operations(gateFidelity, readoutErrorProbability, swapSuccessProbability);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (Node node : declared.nodes().values()) {
      nodes.put(
          node.id(),
          new Node(
              node.id(), node.role(), node.communicationQubits(), node.memoryQubits(), operations));
    }
    return new NetworkView(nodes, declared.linkModes().stream().map(this::exchanged).toList());
  }

  /// The fidelity at the same place of this range; errors of the same shape, and as a single-click
  /// link is brighter the worse its pairs are, success in proportion.
  private LinkMode exchanged(LinkMode mode) {
    double error = 1 - mode.state().fidelity();
    double place =
        (mode.state().fidelity() - STANDARD.fidelityMin)
            / (STANDARD.fidelityMax - STANDARD.fidelityMin);
    double wanted = 1 - Math.clamp(fidelityMin + place * (fidelityMax - fidelityMin), 0.5, 1);
    return withError(mode, wanted, mode.attemptSuccessProbability() * wanted / error);
  }

  static LinkMode withError(LinkMode mode, double error, double successProbability) {
    BellDiagonal state = mode.state();
    double scale = error / (1 - state.fidelity());
    return mode.withEstimate(
        successProbability,
        new BellDiagonal(1 - error, state.x() * scale, state.y() * scale, state.z() * scale));
  }
}
