package net.bellwether.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.bellwether.topology.Network;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bellctl topology generate`.
@Command(
    name = "generate",
    description = {
      "Draws a network from a seed and prints its topology document.",
      "The same options give the same network."
    })
final class TopologyGenerateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "waxman, grid, barabasi-albert or chain")
  private String model = "";

  @Option(names = "--nodes", required = true, paramLabel = "N", description = "from 3 to 100,000")
  private int nodes;

  @Option(names = "--seed", paramLabel = "S", description = "a whole number; 1 if not given")
  private long seed = 1;

  @Option(
      names = "--degree",
      paramLabel = "D",
      description = "links per node on average, of waxman and barabasi-albert; 6 if not given")
  private @Nullable Double degree;

  @Option(
      names = "--side-km",
      paramLabel = "KM",
      description = "side of the square they stand in; 1000 km for 1,000 nodes if not given")
  private @Nullable Double sideKm;

  @Option(names = "--file", paramLabel = "FILE", description = "where to write it instead")
  private @Nullable Path file;

  private final Bellctl root;

  TopologyGenerateCommand(Bellctl root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    NetworkOutput.print(root, network(), file);
    return Exit.OK.code();
  }

  private Network network() {
    try {
      NetworkBlueprint blueprint = NetworkBlueprint.of(NetworkModel.parse(model), nodes, seed);
      if (degree != null) {
        if (!blueprint.model().hasDegree()) {
          throw new CommandFailure(
              Exit.USAGE,
              "--degree ("
                  + degree
                  + ") must not be given: the form of a "
                  + model
                  + " decides it");
        }
        blueprint = blueprint.withAverageDegree(degree);
      }
      return NetworkGenerator.generate(sideKm == null ? blueprint : blueprint.withSideKm(sideKm));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, byOption(String.valueOf(e.getMessage())));
    }
  }

  /// The message with the option's name for the field's.
  private static String byOption(String message) {
    return message
        .replaceFirst("^(model|nodes) ", "--$1 ")
        .replaceFirst("^averageDegree ", "--degree ")
        .replaceFirst("^sideKm ", "--side-km ");
  }
}
