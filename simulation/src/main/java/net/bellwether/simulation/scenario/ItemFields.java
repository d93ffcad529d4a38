package net.bellwether.simulation.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    if (fields.isFaulted("from") || fields.isFaulted("to")) {
      return build(fields, () -> session(fields, tenant, MISTAKEN_FROM, MISTAKEN_TO))
          .filter(_ -> false);
    }
    return build(fields, () -> session(fields, tenant, from, to));
  }

  private static final NodeId MISTAKEN_FROM = NodeId.of("mistaken-from");
  private static final NodeId MISTAKEN_TO = NodeId.of("mistaken-to");

  private static PlannedSession session(
      FieldReader fields, String tenant, NodeId from, NodeId to) {
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
    Optional<Happening> happening =
        switch ((Shape) fields.shape()) {
          case CUT -> build(fields, () -> new Happening.CutLink(link(fields, network)));
          case REPAIR -> build(fields, () -> new Happening.RepairLink(link(fields, network)));
          case DEGRADE ->
              build(fields, () ->
                  new Happening.DegradeLink(
                      link(fields, network),
                      fields.number("successFactor"),
                      fields.number("whiteNoise")));
          case DARK_COUNTS ->
              build(fields, () ->
                  new Happening.RaiseDarkCounts(link(fields, network), fields.number("factor")));
          case DRIFT ->
              build(fields, () ->
                  new Happening.DriftFidelity(
                      link(fields, network), fields.number("whiteNoisePerHour")));
          case EAVESDROP ->
              build(fields, () ->
                  new Happening.InterceptResend(link(fields, network), fields.number("fraction")));
          case COHERENCE ->
              build(fields, () ->
                  new Happening.ShortenCoherence(node(fields, network), fields.number("factor")));
          case BREAK_MEMORY -> broken(fields, network);
          case REPAIR_NODE -> build(fields, () -> new Happening.RepairNode(node(fields, network)));
          case SCENARIO, SESSION ->
              throw new IllegalStateException(fields.shape() + " is not in EVENTS");
        };
    return happening.flatMap(what -> build(fields, () -> new PlannedHappening(atSeconds, what)));
  }

  private static Optional<Happening> broken(FieldReader fields, Optional<Network> network) {
    Optional<Happening> happening =
        build(fields, () ->
            new Happening.BreakMemories(node(fields, network), fields.integer("count")));
    if (happening.isPresent()
        && network.isPresent()
        && happening.get() instanceof Happening.BreakMemories(NodeId node, int count)) {
      network
          .get()
          .findNode(node)
          .filter(found -> found.memoryQubits().count() < count)
          .ifPresent(found ->
              fields.fault(
                  "count",
                  "(%d) must be at most the %d memory qubits of node %s"
                      .formatted(count, found.memoryQubits().count(), node)));
    }
    return happening;
  }

  /// Constructs as [FieldReader#build], as the more general type.
  private static <T> Optional<T> build(FieldReader fields, Supplier<T> construct) {
    return fields.build(construct);
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
      FieldReader fields, String field, String what, Collection<T> known, Function<T, String> name) {
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
