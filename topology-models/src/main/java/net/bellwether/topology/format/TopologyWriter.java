package net.bellwether.topology.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.QkdModule;
import net.bellwether.topology.Qubits;

/// Writes a network as the topology document that [TopologyReader] reads back to an equal one, as
/// long as the network keeps the rules between fields that the format has beyond those of its
/// records (enough qubits for each link, unique names). Numbers are written so that they come back
/// to the last bit.
public final class TopologyWriter {
  private final Appendable out;

  private TopologyWriter(Appendable out) {
    this.out = out;
  }

  /// The document as one text; for large networks prefer [#write].
  public static String document(Network network) {
    StringBuilder text = new StringBuilder();
    try {
      write(network, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Writes the document piece by piece, so that it never stands in memory as a whole.
  public static void write(Network network, Appendable out) throws IOException {
    new TopologyWriter(out).network(network);
  }

  private void network(Network network) throws IOException {
    line("bellwether: v1");
    line("name: " + FlowText.text(network.name()));
    line("nodes:");
    for (Node node : network.nodes().values()) {
      node(node);
    }
    line(network.links().isEmpty() ? "links: []" : "links:");
    for (Link link : network.links().values()) {
      link(link);
    }
    if (!network.qkdModules().isEmpty()) {
      line("qkdModules:");
      for (QkdModule module : network.qkdModules()) {
        qkdModule(module);
      }
    }
  }

  private void node(Node node) throws IOException {
    line("  - name: " + FlowText.text(node.id().value()));
    line("    role: " + FlowText.word(node.role()));
    line("    communicationQubits: " + qubits(node.communicationQubits()));
    line("    memoryQubits: " + qubits(node.memoryQubits()));
    line("    operations: " + operations(node.operations()));
  }

  private static String qubits(Qubits qubits) {
    return new FlowText()
        .with("count", qubits.count())
        .with("t1Seconds", qubits.t1Seconds())
        .with("t2Seconds", qubits.t2Seconds())
        .toString();
  }

  private static String operations(Operations operations) {
    return new FlowText()
        .with("gateFidelity", operations.gateFidelity())
        .with("readoutErrorProbability", operations.readoutErrorProbability())
        .with("swapSuccessProbability", operations.swapSuccessProbability())
        .toString();
  }

  private void link(Link link) throws IOException {
    line("  - name: " + FlowText.text(link.id().value()));
    line("    a: " + FlowText.text(link.a().value()));
    line("    b: " + FlowText.text(link.b().value()));
    line("    medium: " + LinkText.medium(link.medium()));
    line("    heralding: " + LinkText.heralding(link.heralding()));
    line("    attemptRateHz: " + FlowText.number(link.attemptRateHz()));
    line("    channels: " + link.channels());
    line("    memoryModes: " + link.memoryModes());
    line("    modes: " + LinkText.modes(link.modes()));
  }

  private void qkdModule(QkdModule module) throws IOException {
    line("  - name: " + FlowText.text(module.id().value()));
    line("    a: " + FlowText.text(module.a().value()));
    line("    b: " + FlowText.text(module.b().value()));
    line("    lengthKm: " + FlowText.number(module.lengthKm()));
    line("    secretKeyBitsPerSecond: " + FlowText.number(module.secretKeyBitsPerSecond()));
  }

  private void line(String text) throws IOException {
    out.append(text).append('\n');
  }
}
