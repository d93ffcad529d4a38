package net.bellwether.benchmarks.agents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyWriter;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import net.bellwether.topology.id.LinkId;

/// A Waxman network of degree 3 whose links make few pairs: one mode that attempts
/// `ATTEMPT_RATE_HZ` times a second. Link tests run on every link all the same, but the one process
/// that is all of nature does not take the processors from what is measured.
record QuietNetwork(Network network) {
  private static final double DEGREE = 3;
  private static final long SEED = 7;
  private static final double ATTEMPT_RATE_HZ = 50_000;

  static QuietNetwork of(int nodes) {
    Network drawn =
        NetworkGenerator.generate(
            NetworkBlueprint.of(NetworkModel.WAXMAN, nodes, SEED)
                .withAverageDegree(Math.min(DEGREE, nodes - 1)));
    return new QuietNetwork(with(drawn, drawn.links().keySet(), Link::modes));
  }

  /// The same with a second mode on `chosen` links, so that their ends get a further test flow.
  QuietNetwork withSecondMode(Set<LinkId> chosen) {
    return new QuietNetwork(
        with(
            network,
            chosen,
            link ->
                List.of(
                    link.modes().getFirst(),
                    new GenerationMode("second", link.modes().getFirst().intensity()))));
  }

  private static Network with(
      Network network, Set<LinkId> chosen, Function<Link, List<GenerationMode>> modes) {
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>(network.links());
    for (LinkId id : chosen) {
      Link link = network.link(id);
      links.put(
          id,
          new Link(
              id,
              link.a(),
              link.b(),
              link.medium(),
              link.heralding(),
              ATTEMPT_RATE_HZ,
              1,
              1,
              modes.apply(link)));
    }
    return new Network(network.name(), network.nodes(), links, List.of());
  }

  String document() {
    return TopologyWriter.document(network);
  }
}
