package net.bellwether.topology.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.QkdModule;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.document.FieldReader;
import net.bellwether.topology.document.Mistakes;
import net.bellwether.topology.document.NearestName;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Builds a network from the fields of its document and checks what holds between them.
final class NetworkBuilder {
  static final int NETWORK_NAME_CHARACTERS_MAX = 100;

  /// Ends for which a nearest name is looked for among all nodes; later ones may be thousands.
  private static final int HINTS_MAX = 50;

  private final FieldReader document;
  private final TopologyLimits limits;
  private final int mistakesBefore;
  private final SequencedMap<String, DeclaredNode> declared = new LinkedHashMap<>();
  private final Map<String, Integer> lineOfLinkName = new HashMap<>();
  private final SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
  private final List<QkdModule> qkdModules = new ArrayList<>();
  private int hintsLeft = HINTS_MAX;

  /// A node and the fields it came from; without qubits where those are mistaken.
  private record DeclaredNode(
      FieldReader fields, NodeId id, Optional<Qubits> communication, Optional<Qubits> memory) {}

  private NetworkBuilder(FieldReader document, TopologyLimits limits, int mistakesBefore) {
    this.document = document;
    this.limits = limits;
    this.mistakesBefore = mistakesBefore;
  }

  /// Empty where more mistakes are reported than the `mistakesBefore`.
  static Optional<Network> network(
      FieldReader document, TopologyLimits limits, int mistakesBefore) {
    return new NetworkBuilder(document, limits, mistakesBefore).read();
  }

  private Optional<Network> read() {
    document
        .findText("bellwether")
        .filter(version -> !version.equals("v1"))
        .ifPresent(version ->
            document.fault("bellwether", "(" + Mistakes.shown(version) + ") must be v1"));
    String name = document.findText("name").orElse("");
    if (name.isBlank() || name.length() > NETWORK_NAME_CHARACTERS_MAX) {
      document.fault("name", "must have 1 to " + NETWORK_NAME_CHARACTERS_MAX + " characters");
    }
    document.findText("description");
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    document.forEachItem(
        "nodes",
        Shape.NODE,
        limits.nodesMax(),
        fields -> node(fields).ifPresent(node -> nodes.put(node.id(), node)));
    if (declared.isEmpty()) {
      document.fault("nodes", "must name at least one node");
    }
    document.forEachItem("links", Shape.LINK, limits.linksMax(), this::link);
    document.forEachItem("qkdModules", Shape.QKD_MODULE, limits.qkdModulesMax(), this::qkdModule);
    // Dangling ends are reported with their lines; the record's own check would only repeat them.
    return document.mistakeCount() > mistakesBefore
        ? Optional.empty()
        : Optional.of(new Network(name, nodes, links, qkdModules));
  }

  private Optional<Node> node(FieldReader fields) {
    NodeId id = fields.name("name", NodeId::of, "mistaken-name");
    Optional<NodeRole> role = role(fields);
    Optional<Qubits> communication = qubits(fields, "communicationQubits");
    Optional<Qubits> memory = qubits(fields, "memoryQubits");
    Optional<Operations> operations =
        fields.child("operations", Shape.OPERATIONS).flatMap(NetworkBuilder::operations);
    fields
        .findRawText("name")
        .ifPresent(name -> {
          DeclaredNode former =
              declared.putIfAbsent(name, new DeclaredNode(fields, id, communication, memory));
          if (former != null) {
            refuseRepeated(fields, name, former.fields().lineOf("name"));
          }
        });
    if (role.isEmpty() || communication.isEmpty() || memory.isEmpty() || operations.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Node(id, role.get(), communication.get(), memory.get(), operations.get()));
  }

  private static Optional<NodeRole> role(FieldReader fields) {
    SequencedMap<String, NodeRole> roles = new LinkedHashMap<>();
    for (NodeRole role : NodeRole.values()) {
      roles.put(role.name().toLowerCase(Locale.ROOT).replace('_', '-'), role);
    }
    return fields
        .findText("role")
        .flatMap(text -> {
          Optional<NodeRole> role = Optional.ofNullable(roles.get(text));
          if (role.isEmpty()) {
            fields.fault("role", FieldReader.oneOf(text, List.copyOf(roles.keySet())));
          }
          return role;
        });
  }

  private static Optional<Qubits> qubits(FieldReader node, String field) {
    return node.child(field, Shape.QUBITS)
        .flatMap(fields ->
            fields.build(() ->
                new Qubits(
                    fields.integer("count"),
                    fields.number("t1Seconds"),
                    fields.number("t2Seconds"))));
  }

  private static Optional<Operations> operations(FieldReader fields) {
    return fields.build(() ->
        new Operations(
            fields.number("gateFidelity"),
            fields.number("readoutErrorProbability"),
            fields.number("swapSuccessProbability")));
  }

  private void link(FieldReader fields) {
    LinkId id = linkName(fields);
    NodeId a = end(fields, "a");
    NodeId b = end(fields, "b");
    LinkFields.link(fields, id, a, b)
        .ifPresent(link -> {
          links.putIfAbsent(id, link);
          requireQubits(link, fields.findRawText("a"));
          requireQubits(link, fields.findRawText("b"));
        });
  }

  private void qkdModule(FieldReader fields) {
    LinkId id = linkName(fields);
    NodeId a = end(fields, "a");
    NodeId b = end(fields, "b");
    if (a.equals(b)) {
      fields.fault("b", "ends (" + a + ", " + b + ") must be two nodes");
    }
    fields
        .build(() ->
            new QkdModule(
                id, a, b, fields.number("lengthKm"), fields.number("secretKeyBitsPerSecond")))
        .ifPresent(qkdModules::add);
  }

  private LinkId linkName(FieldReader fields) {
    LinkId id = fields.name("name", LinkId::of, "mistaken-name");
    fields
        .findRawText("name")
        .ifPresent(name -> {
          Integer former = lineOfLinkName.putIfAbsent(name, fields.lineOf("name"));
          if (former != null) {
            refuseRepeated(fields, name, former);
          }
        });
    return id;
  }

  private static void refuseRepeated(FieldReader fields, String name, int formerLine) {
    fields.fault(
        "name", "(" + Mistakes.shown(name) + ") must be unique; first used on line " + formerLine);
  }

  private NodeId end(FieldReader fields, String field) {
    Optional<String> name = fields.findRawText(field);
    if (name.isPresent() && fields.findText(field).isPresent()) {
      DeclaredNode node = declared.get(name.get());
      if (node == null) {
        String hint = hintsLeft-- > 0 ? NearestName.hint(name.get(), declared.keySet()) : "";
        fields.fault(field, "node (" + Mistakes.shown(name.get()) + ") is not in nodes" + hint);
      } else if (node.id().value().equals(name.get())) {
        return node.id();
      }
    }
    return NodeId.of("mistaken-end-" + field);
  }

  /// Each node holds one communication and one memory qubit for every multiplexed mode of a link.
  /// Links that run side by side share them: that is the timetable's business.
  private void requireQubits(Link link, Optional<String> end) {
    end.map(declared::get)
        .ifPresent(node -> {
          requireQubits(link, node.fields(), "communicationQubits", node.communication());
          requireQubits(link, node.fields(), "memoryQubits", node.memory());
        });
  }

  private static void requireQubits(
      Link link, FieldReader node, String field, Optional<Qubits> qubits) {
    int needed = link.multiplexing();
    if (qubits.isPresent() && qubits.get().count() < needed) {
      node.faultWithin(
          field,
          "count",
          "(%d) must be at least the multiplexing of link %s (%d channels x %d memoryModes = %d)"
              .formatted(
                  qubits.get().count(), link.id(), link.channels(), link.memoryModes(), needed));
    }
  }
}
