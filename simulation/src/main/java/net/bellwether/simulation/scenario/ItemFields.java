package net.bellwether.simulation.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.document.FieldReader;
import net.bellwether.topology.document.Mistakes;
import net.bellwether.topology.document.NearestName;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Builds sessions and events from their fields. Names are held against the network where that is
/// known; where its own mistakes hide it, the other rules are checked all the same.
final class ItemFields {
  private static final String DEFAULT_TENANT = "demo";

  private ItemFields() {}

  static Optional<PlannedSession> session(FieldReader fields, Optional<Network> network) {
    String tenant =
        fields.has("tenant") ? fields.findText("tenant").orElse("mistaken") : DEFAULT_TENANT;
    if (tenant.isBlank()) {
      fields.fault("tenant", "must not be blank");
    }
    NodeId from = end(fields, "from", network);
    NodeId to = end(fields, "to", network);
    if (from.equals(to)) {
      fields.fault("to", "(" + to + ") must differ from from");
    }
    if (fields.isFaulted("from") || fields.isFaulted("to")) {
      // Stand-ins, so that the rules of the other fields are checked all the same.
      return fields
          .build(() -> session(fields, tenant, MISTAKEN_FROM, MISTAKEN_TO))
          .filter(_ -> false);
    }
    return fields.build(() -> session(fields, tenant, from, to));
  }

  private static final NodeId MISTAKEN_FROM = NodeId.of("mistaken-from");
  private static final NodeId MISTAKEN_TO = NodeId.of("mistaken-to");

  private static PlannedSession session(FieldReader fields, String tenant, NodeId from, NodeId to) {
    return new PlannedSession(
        tenant,
        from,
        to,
        number(fields, "pairsPerSecond"),
        number(fields, "minFidelity"),
        number(fields, "openAtSeconds"),
        number(fields, "closeAtSeconds"));
  }

  /// A number that may be left out.
  private static double number(FieldReader fields, String field) {
    return fields.has(field) ? fields.number(field) : fields.shape().get(field).neutral();
  }

  private static NodeId end(FieldReader fields, String field, Optional<Network> network) {
    NodeId id = fields.name(field, NodeId::of, "mistaken-" + field);
    if (network.isPresent() && !fields.isFaulted(field)) {
      Optional<Node> node = network.get().findNode(id);
      if (node.isEmpty()) {
        unknown(fields, field, "node", network.get().nodes().keySet(), NodeId::value);
      } else if (node.get().role() != NodeRole.END_NODE) {
        fields.fault(field, "node (" + id + ") must be an end-node");
      }
    }
    return id;
  }

  static Optional<PlannedHappening> happening(FieldReader fields, Optional<Network> network) {
    double atSeconds = fields.number("atSeconds");
    Optional<Happening> happening = fields.build(() -> of(fields, network));
    happening.ifPresent(what -> requireMemories(fields, what, network));
    return happening.flatMap(what -> fields.build(() -> new PlannedHappening(atSeconds, what)));
  }

  private static Happening of(FieldReader fields, Optional<Network> network) {
    return switch ((Shape) fields.shape()) {
      case CUT -> new Happening.CutLink(link(fields, network));
      case REPAIR -> new Happening.RepairLink(link(fields, network));
      case DEGRADE ->
          new Happening.DegradeLink(
              link(fields, network), fields.number("successFactor"), fields.number("whiteNoise"));
      case DARK_COUNTS ->
          new Happening.RaiseDarkCounts(link(fields, network), fields.number("factor"));
      case DRIFT ->
          new Happening.DriftFidelity(link(fields, network), fields.number("whiteNoisePerHour"));
      case EAVESDROP ->
          new Happening.InterceptResend(link(fields, network), fields.number("fraction"));
      case COHERENCE ->
          new Happening.ShortenCoherence(node(fields, network), fields.number("factor"));
      case BREAK_MEMORY ->
          new Happening.BreakMemories(node(fields, network), fields.integer("count"));
      case CLOCK -> new Happening.ShiftClock(node(fields, network), fields.number("offsetMillis"));
      case REPAIR_NODE -> new Happening.RepairNode(node(fields, network));
      case SCENARIO, SESSION -> throw new IllegalStateException(fields.shape() + " is no event");
    };
  }

  private static void requireMemories(
      FieldReader fields, Happening happening, Optional<Network> network) {
    if (happening instanceof Happening.BreakMemories(NodeId node, int count)) {
      network
          .flatMap(found -> found.findNode(node))
          .filter(found -> found.memoryQubits().count() < count)
          .ifPresent(found ->
              fields.fault(
                  "count",
                  "(%d) must be at most the %d memory qubits of node %s"
                      .formatted(count, found.memoryQubits().count(), node)));
    }
  }

  private static LinkId link(FieldReader fields, Optional<Network> network) {
    LinkId id = fields.name("link", LinkId::of, "mistaken-link");
    if (network.isPresent() && !fields.isFaulted("link")) {
      Optional<Link> link = network.get().findLink(id);
      if (link.isEmpty()) {
        unknown(fields, "link", "link", network.get().links().keySet(), LinkId::value);
      }
    }
    return id;
  }

  private static NodeId node(FieldReader fields, Optional<Network> network) {
    NodeId id = fields.name("node", NodeId::of, "mistaken-node");
    if (network.isPresent() && !fields.isFaulted("node") && network.get().findNode(id).isEmpty()) {
      unknown(fields, "node", "node", network.get().nodes().keySet(), NodeId::value);
    }
    return id;
  }

  private static <T> void unknown(
      FieldReader fields,
      String field,
      String what,
      Collection<T> known,
      Function<T, String> name) {
    String given = fields.findRawText(field).orElse("");
    List<String> names = known.stream().map(name).toList();
    fields.fault(
        field,
        what
            + " ("
            + Mistakes.shown(given)
            + ") is not in the topology"
            + NearestName.hint(given, names));
  }
}
