package net.bellwether.scheduler.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.NodeId;

/// The network as the planner may use it, at one moment: nodes with their free qubits, and every
/// usable mode of every usable link. Immutable.
public record NetworkView(SequencedMap<NodeId, Node> nodes, List<LinkMode> linkModes) {
  public NetworkView {
    nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
    linkModes = List.copyOf(linkModes);
  }
}
