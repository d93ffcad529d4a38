package net.bellwether.simulation.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import net.bellwether.simulation.scenario.Scenario;
import net.bellwether.simulation.scenario.ScenarioReader;
import net.bellwether.simulation.scenario.ScenarioReading;
import net.bellwether.simulation.scenario.TopologyLibrary;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.document.NearestName;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.scenario.Scenarios;

/// A scenario as a person names it: one of the library, or a file.
final class ScenarioSource {
  private ScenarioSource() {}

  /// IllegalArgumentException lists every mistake, one a line.
  static Scenario read(String name) {
    if (Scenarios.names().contains(name)) {
      return ScenarioReader.ofLibrary(name);
    }
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "scenario (%s) must be a file or one of %s%s"
              .formatted(
                  name,
                  String.join(", ", Scenarios.names()),
                  NearestName.hint(name, Scenarios.names())));
    }
    return switch (ScenarioReader.read(name, text(file), beside(file))) {
      case ScenarioReading.Valid(Scenario scenario) -> scenario;
      case ScenarioReading.Invalid(var mistakes) ->
          throw new IllegalArgumentException(
              mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    };
  }

  /// Names of the library first, then files beside the scenario.
  private static TopologyLibrary beside(Path scenario) {
    return reference -> {
      if (Scenarios.names().contains(reference)) {
        return Scenarios.document(reference);
      }
      Path file = scenario.resolveSibling(reference);
      if (!Files.exists(file)) {
        throw new IllegalArgumentException(
            "must be one of %s, or a file beside the scenario%s"
                .formatted(
                    String.join(", ", Scenarios.names()),
                    NearestName.hint(reference, Scenarios.names())));
      }
      return text(file);
    };
  }

  private static String text(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > TopologyReader.DOCUMENT_BYTES_MAX) {
        throw new IllegalArgumentException(
            "file (%s) must be at most %d bytes"
                .formatted(file, TopologyReader.DOCUMENT_BYTES_MAX));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("file (" + file + ") must be UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "file (" + file + ") cannot be read: " + e.getMessage(), e);
    }
  }
}
