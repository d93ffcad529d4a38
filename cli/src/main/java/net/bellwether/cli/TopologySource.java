package net.bellwether.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.Mistake;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.scenario.Scenarios;
import org.jspecify.annotations.Nullable;

/// A topology document as a person names it: a file, or a scenario of the library.
record TopologySource(String name, String text) {
  /// The named document; empty where neither is named.
  static Optional<TopologySource> find(@Nullable Path file, @Nullable String scenario) {
    if (file != null && scenario != null) {
      throw new CommandFailure(
          Exit.USAGE, "a file (" + file + ") and --scenario " + scenario + " exclude each other");
    }
    if (scenario != null) {
      return Optional.of(new TopologySource(scenario, Scenarios.document(scenario)));
    }
    return file == null ? Optional.empty() : Optional.of(read(file));
  }

  static TopologySource get(String fileWord, @Nullable Path file, @Nullable String scenario) {
    return find(file, scenario)
        .orElseThrow(() ->
            new CommandFailure(
                Exit.USAGE,
                "name a topology: %s, or --scenario with one of %s"
                    .formatted(fileWord, String.join(", ", Scenarios.names()))));
  }

  private static TopologySource read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > TopologyReader.DOCUMENT_BYTES_MAX) {
        throw new CommandFailure(
            Exit.USAGE,
            "file (%s) is longer than a topology document may be, %d bytes"
                .formatted(file, TopologyReader.DOCUMENT_BYTES_MAX));
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
    return switch (TopologyReader.read(name, text)) {
      case TopologyReading.Valid(Network network) -> network;
      case TopologyReading.Invalid(var mistakes) ->
          throw new CommandFailure(
              Exit.USAGE,
              mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    };
  }
}
