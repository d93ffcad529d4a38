package net.bellwether.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.FieldReader;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.document.Mistakes;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.format.TopologyWriter;
import net.bellwether.topology.scenario.Scenarios;

/// The strict reader of scenarios to simulate (docs/simulation.md). A pure function: topologies
/// that a scenario only names come from the library it is given.
public final class ScenarioReader {
  /// More sessions than this a controller refuses, more events no run of hours can tell apart.
  private static final int LIST_MAX = 1_000;

  private static final int NAME_CHARACTERS_MAX = 100;

  private final FieldReader document;
  private final TopologyLibrary library;
  private final List<Mistake> ofTopology = new ArrayList<>();

  private ScenarioReader(FieldReader document, TopologyLibrary library) {
    this.document = document;
    this.library = library;
  }

  /// Reads `text`; `documentName` (usually the file's name) stands in the mistakes.
  public static ScenarioReading read(String documentName, String text, TopologyLibrary library) {
    Mistakes mistakes = new Mistakes(documentName);
    if (text.length() > TopologyReader.DOCUMENT_BYTES_MAX) {
      mistakes.add(
          1,
          "",
          "the document must be at most " + TopologyReader.DOCUMENT_BYTES_MAX + " characters");
      return new ScenarioReading.Invalid(mistakes.list());
    }
    Optional<ScenarioReader> reader =
        FieldReader.ofDocument(text, Shape.SCENARIO, mistakes)
            .map(document -> new ScenarioReader(document, library));
    Optional<Scenario> scenario = reader.flatMap(ScenarioReader::scenario);
    List<Mistake> found = new ArrayList<>(mistakes.list());
    reader.ifPresent(r -> found.addAll(r.ofTopology));
    return scenario.isPresent() && found.isEmpty()
        ? new ScenarioReading.Valid(scenario.get())
        : new ScenarioReading.Invalid(found);
  }

  /// A network of the library with its own session: key between the ends of its demo.
  public static Scenario ofLibrary(String name) {
    String topology = Scenarios.document(name);
    return switch (TopologyReader.read(name, topology)) {
      case TopologyReading.Valid(Network network) -> {
        Scenarios.Ends ends = Scenarios.demoEnds(network);
        yield new Scenario(
            name,
            network,
            topology,
            List.of(PlannedSession.ofKey("demo", ends.from(), ends.to())),
            List.of());
      }
      case TopologyReading.Invalid(var mistakes) ->
          throw new IllegalStateException("scenario " + name + " is broken: " + mistakes);
    };
  }

  private Optional<Scenario> scenario() {
    document
        .findText("simulation")
        .filter(version -> !version.equals("v1"))
        .ifPresent(version ->
            document.fault("simulation", "(" + Mistakes.shown(version) + ") must be v1"));
    String name = document.findText("name").orElse("");
    if (name.isBlank() || name.length() > NAME_CHARACTERS_MAX) {
      document.fault("name", "must have 1 to " + NAME_CHARACTERS_MAX + " characters");
    }
    document.findText("description");
    Optional<Network> network = network();
    List<PlannedSession> sessions = new ArrayList<>();
    List<PlannedHappening> happenings = new ArrayList<>();
    document.forEachItem(
        "sessions",
        Shape.SESSION,
        LIST_MAX,
        fields -> ItemFields.session(fields, network).ifPresent(sessions::add));
    document.forEachItem(
        "events",
        Shape.EVENTS,
        LIST_MAX,
        fields -> ItemFields.happening(fields, network).ifPresent(happenings::add));
    return network.map(
        found -> new Scenario(name, found, TopologyWriter.document(found), sessions, happenings));
  }

  /// A name or a mapping.
  private Optional<Network> network() {
    Optional<String> reference = document.findRawText("topology");
    if (reference.isEmpty()) {
      return TopologyReader.readWithin(document, "topology");
    }
    try {
      String text = library.document(reference.get());
      return switch (TopologyReader.read(reference.get(), text)) {
        case TopologyReading.Valid(Network network) -> Optional.of(network);
        case TopologyReading.Invalid(List<Mistake> mistakes) -> {
          ofTopology.addAll(mistakes);
          yield Optional.empty();
        }
      };
    } catch (IllegalArgumentException e) {
      document.fault("topology", "(" + Mistakes.shown(reference.get()) + ") " + e.getMessage());
      return Optional.empty();
    }
  }
}
