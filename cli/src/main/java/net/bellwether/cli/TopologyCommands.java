package net.bellwether.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyLimits;
import net.bellwether.v1.ApplyTopologyRequest;
import net.bellwether.v1.ApplyTopologyResponse;
import net.bellwether.v1.GetTopologyRequest;
import net.bellwether.v1.GetTopologyResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bellctl topology`.
@Command(name = "topology", description = "The network as its operator wants it.")
final class TopologyCommands {
  private final Bellctl root;

  TopologyCommands(Bellctl root) {
    this.root = root;
  }

  @Command(name = "apply", description = "Replaces the topology in force.")
  int apply(
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "the topology document")
          @Nullable Path file,
      @Option(names = "--scenario", paramLabel = "NAME", description = "one of the library instead")
          @Nullable String scenario,
      @Option(names = "--replan", description = "re-plan sessions whose plan no longer fits")
          boolean replan,
      @Option(names = "--dry-run", description = "check only; change nothing") boolean dryRun) {
    TopologySource source = TopologySource.get("FILE", file, scenario, TopologyLimits.CONTROLLER);
    try (ControllerConnection controller = root.connect()) {
      ApplyTopologyResponse response =
          controller
              .topology()
              .applyTopology(
                  ApplyTopologyRequest.newBuilder()
                      .setDocument(source.text())
                      .setDocumentName(source.name())
                      .setReplan(replan)
                      .setDryRun(dryRun)
                      .build());
      Answers.print(root, response, () -> applied(source.name(), response, dryRun));
    }
    return Exit.OK.code();
  }

  @Command(name = "get", description = "Prints the topology in force, as it was applied.")
  int get() {
    try (ControllerConnection controller = root.connect()) {
      GetTopologyResponse response =
          controller.topology().getTopology(GetTopologyRequest.getDefaultInstance());
      Answers.print(root, response, response::getDocument);
    }
    return Exit.OK.code();
  }

  @Command(name = "validate", description = "Checks a topology document without a controller.")
  int validate(
      @Option(names = "--file", paramLabel = "FILE", description = "the topology document")
          @Nullable Path file,
      @Option(names = "--scenario", paramLabel = "NAME", description = "one of the library instead")
          @Nullable String scenario) {
    TopologySource source = TopologySource.get("--file FILE", file, scenario, TopologyLimits.FILE);
    Network network = source.network();
    SequencedMap<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("valid", true);
    tree.put("name", network.name());
    tree.put("nodeCount", network.nodes().size());
    tree.put("linkCount", network.links().size());
    boolean fits = TopologyLimits.CONTROLLER.admit(network, source.text());
    tree.put("fitsController", fits);
    Answers.print(
        root,
        tree,
        () ->
            "%s: valid: network %s with %d nodes and %d links%s\n"
                .formatted(
                    source.name(),
                    network.name(),
                    network.nodes().size(),
                    network.links().size(),
                    fits ? "" : "; to plan on only: larger than a controller takes"));
    return Exit.OK.code();
  }

  private static String applied(String name, ApplyTopologyResponse response, boolean dryRun) {
    String head =
        dryRun
            ? name + " could be applied; nothing was changed"
            : name + " is in force, revision " + response.getRevision();
    return head
        + sessions("keep their plan", response.getKeptSessionsList())
        + sessions("re-planned", response.getReplannedSessionsList())
        + "\n";
  }

  private static String sessions(String what, List<String> sessions) {
    return sessions.isEmpty() ? "" : "\nsessions " + what + ": " + String.join(", ", sessions);
  }
}
