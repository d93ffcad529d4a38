package net.bellwether.wire.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// chicago – argonne – fermilab, of which argonne is a trusted node and the second link is called
/// fermilab too.
final class TestNetwork {
  static final NodeId CHICAGO = NodeId.of("chicago");
  static final NodeId ARGONNE = NodeId.of("argonne");
  static final NodeId FERMILAB = NodeId.of("fermilab");
  static final LinkId LINK = LinkId.of("chicago-argonne");
  static final LinkId FERMILAB_LINK = LinkId.of("fermilab");

  static final Network QIT = network();

  private TestNetwork() {}

  private static Network network() {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    nodes.put(CHICAGO, node(CHICAGO, NodeRole.END_NODE));
    nodes.put(ARGONNE, node(ARGONNE, NodeRole.TRUSTED_NODE));
    nodes.put(FERMILAB, node(FERMILAB, NodeRole.END_NODE));
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
    links.put(LINK, link(LINK, CHICAGO, ARGONNE));
    links.put(FERMILAB_LINK, link(FERMILAB_LINK, ARGONNE, FERMILAB));
    return new Network("qit", nodes, links, List.of());
  }

  private static Node node(NodeId id, NodeRole role) {
    Qubits memory = new Qubits(512, 100, 1);
    return new Node(id, role, memory, memory, new Operations(0.998, 0.002, 1));
  }

  private static Link link(LinkId id, NodeId a, NodeId b) {
    return new Link(
        id,
        a,
        b,
        new Medium.Fiber(30, 0.2),
        new Heralding.SingleClick(0.5, 0.5, 0.98, 10, 1e-9),
        1e6,
        1,
        64,
        List.of(new GenerationMode("fine", 0.02), new GenerationMode("bright", 0.12)));
  }
}
