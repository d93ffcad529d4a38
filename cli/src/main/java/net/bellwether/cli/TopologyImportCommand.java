package net.bellwether.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.bellwether.topology.atlas.Atlas;
import net.bellwether.topology.atlas.ImportOptions;
import net.bellwether.topology.atlas.Imported;
import net.bellwether.topology.format.TopologyLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bellctl topology import`.
@Command(
    name = "import",
    description = {
      "Makes a network from a map of a real one and prints its topology document.",
      "Reads GML (Internet Topology Zoo) and node-link JSON (TopoHub). What was mended is noted on",
      "standard error."
    })
final class TopologyImportCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "MAP", description = "the map, a .gml or .json file")
  private @Nullable Path map;

  @Option(
      names = "--map",
      paramLabel = "NAME",
      description = "one of the maps on board instead: nsfnet, nobel-us or surfnet")
  private @Nullable String name;

  @Option(
      names = "--detour-factor",
      paramLabel = "X",
      description = "length of fibre over that of the great circle; 1.3 if not given")
  private double detourFactor = ImportOptions.DEFAULT.detourFactor();

  @Option(
      names = "--repeater-km",
      paramLabel = "KM",
      description = "longest section between repeaters; 80 if not given, at most 120")
  private double repeaterKm = ImportOptions.DEFAULT.repeaterKm();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "a whole number, from which link fidelities are drawn; 1 if not given")
  private long seed = ImportOptions.DEFAULT.seed();

  @Option(names = "--file", paramLabel = "FILE", description = "where to write it instead")
  private @Nullable Path file;

  private final Bellctl root;

  TopologyImportCommand(Bellctl root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Imported imported = imported();
    imported.notes().forEach(note -> root.err().println("note: " + note));
    NetworkOutput.print(root, imported.network(), file);
    return Exit.OK.code();
  }

  private Imported imported() {
    try {
      ImportOptions options =
          ImportOptions.DEFAULT
              .withDetourFactor(detourFactor)
              .withRepeaterKm(repeaterKm)
              .withSeed(seed);
      if (name != null && map == null) {
        return Atlas.network(name, options);
      }
      if (map != null && name == null) {
        TopologySource source = TopologySource.read(map, TopologyLimits.FILE);
        return Atlas.read(source.name(), source.text(), options);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, byOption(String.valueOf(e.getMessage())));
    }
    throw new CommandFailure(
        Exit.USAGE,
        "name one map: a file, or --map with one of " + String.join(", ", Atlas.names()));
  }

  /// The message with the option's name for the field's.
  private static String byOption(String message) {
    return message
        .replaceFirst("^detourFactor ", "--detour-factor ")
        .replaceFirst("^repeaterKm ", "--repeater-km ")
        .replaceFirst("^map ", "--map ");
  }
}
