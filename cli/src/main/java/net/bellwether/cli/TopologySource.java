package net.bellwether.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.format.TopologyLimits;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.scenario.Scenarios;
import org.jspecify.annotations.Nullable;

/// A topology document as a person names it: a file, or a scenario of the library.
record TopologySource(String name, String text) {
  /// The named document, within the limits of files; empty where neither is named.
  static Optional<TopologySource> find(@Nullable Path file, @Nullable String scenario) {
    return find(file, scenario, TopologyLimits.FILE);
  }

  private static Optional<TopologySource> find(
      @Nullable Path file, @Nullable String scenario, TopologyLimits limits) {
    if (file != null && scenario != null) {
      throw new CommandFailure(
          Exit.USAGE, "a file (" + file + ") and --scenario " + scenario + " exclude each other");
    }
    if (scenario != null) {
      return Optional.of(new TopologySource(scenario, Scenarios.document(scenario)));
    }
    return file == null ? Optional.empty() : Optional.of(read(file, limits));
  }

  static TopologySource get(
      String fileWord, @Nullable Path file, @Nullable String scenario, TopologyLimits limits) {
    return find(file, scenario, limits)
        .orElseThrow(() ->
            new CommandFailure(
                Exit.USAGE,
                "name a topology: %s, or --scenario with one of %s"
                    .formatted(fileWord, String.join(", ", Scenarios.names()))));
  }

  /// The document in a file of at most the size of `limits`.
  static TopologySource read(Path file, TopologyLimits limits) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > limits.documentBytesMax()) {
        throw new CommandFailure(
            Exit.USAGE,
            "file (%s) is longer than a topology document may be, %d bytes"
                .formatted(file, limits.documentBytesMax()));
      }
      return new TopologySource(file.toString(), Files.readString(file));
    } catch (NoSuchFileException _) {
      throw new CommandFailure(Exit.USAGE, "file (" + file + ") does not exist");
    } catch (CharacterCodingException _) {
      throw new CommandFailure(Exit.USAGE, "file (" + file + ") must be UTF-8");
    } catch (IOException e) {
      throw new CommandFailure(Exit.USAGE, "file (" + file + ") cannot be read: " + e.getMessage());
    }
  }

  /// The network; a CommandFailure lists every mistake, one a line.
  Network network() {
    return switch (TopologyReader.read(name, text, TopologyLimits.FILE)) {
      case TopologyReading.Valid(Network network) -> network;
      case TopologyReading.Invalid(var mistakes) ->
          throw new CommandFailure(
              Exit.USAGE,
              mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    };
  }
}
