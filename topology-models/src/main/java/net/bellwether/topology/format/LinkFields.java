package net.bellwether.topology.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.document.FieldReader;
import net.bellwether.topology.document.Mistakes;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Builds one link from its fields.
final class LinkFields {
  /// A planner tries every mode of a link.
  static final int MODES_MAX = 16;

  /// Keeps `channels x memoryModes` an int, with room for sums over a node's links.
  static final int MULTIPLEXING_MAX = 1_000_000;

  static final SequencedMap<String, Shape> MEDIA =
      byType(Shape.FIBER, Shape.HOLLOW_CORE_FIBER, Shape.FREE_SPACE, Shape.SATELLITE);
  static final SequencedMap<String, Shape> HERALDINGS =
      byType(Shape.SINGLE_CLICK, Shape.DOUBLE_CLICK, Shape.MIDDLE_SOURCE);

  private static final NodeId MISTAKEN_END = NodeId.of("mistaken-end");
  private static final List<GenerationMode> SOME_MODES = List.of(new GenerationMode("some", 1));

  private LinkFields() {}

  /// Empty, or made of neutral values, where mistakes were reported.
  static Optional<Link> link(FieldReader fields, LinkId id, NodeId a, NodeId b) {
    Optional<Medium> medium = fields.child("medium", MEDIA).flatMap(LinkFields::medium);
    Optional<FieldReader> heraldingFields = fields.child("heralding", HERALDINGS);
    Optional<Heralding> heralding = heraldingFields.flatMap(LinkFields::heralding);
    List<GenerationMode> modes = modes(fields, heralding);
    requireMultiplexing(fields);
    if (medium.isPresent()
        && medium.get() instanceof Medium.Satellite
        && heralding.isPresent()
        && !(heralding.get() instanceof Heralding.MiddleSource)) {
      heraldingFields
          .get()
          .fault("type", "must be middle-source over a satellite, which carries the pair source");
    }
    // Stand-ins where the real ones are mistaken, so that the link's own rules are still checked.
    Medium someMedium = medium.orElse(new Medium.Fiber(1, 0));
    Heralding someHeralding = heralding.orElse(new Heralding.DoubleClick(1, 1, 1, 0, 1));
    return fields.build(() ->
        new Link(
            id,
            a,
            fields.isFaulted("b") ? MISTAKEN_END : b,
            someMedium,
            someHeralding,
            fields.number("attemptRateHz"),
            fields.integer("channels"),
            fields.integer("memoryModes"),
            fields.isFaulted("modes") ? SOME_MODES : modes));
  }

  private static Optional<Medium> medium(FieldReader fields) {
    return switch (fields.shape()) {
      case Shape.FIBER ->
          fields.build(() ->
              new Medium.Fiber(fields.number("lengthKm"), fields.number("attenuationDbPerKm")));
      case Shape.HOLLOW_CORE_FIBER ->
          fields.build(() ->
              new Medium.HollowCoreFiber(
                  fields.number("lengthKm"), fields.number("attenuationDbPerKm")));
      case Shape.FREE_SPACE ->
          fields.build(() ->
              new Medium.FreeSpace(
                  fields.number("lengthKm"),
                  fields.number("wavelengthNm"),
                  fields.number("beamWaistM"),
                  fields.number("receiverRadiusM"),
                  fields.number("atmosphericTransmission")));
      case Shape.SATELLITE ->
          fields.build(() ->
              new Medium.Satellite(
                  fields.number("groundLengthKm"),
                  fields.number("altitudeKm"),
                  fields.number("elevationDegreesA"),
                  fields.number("elevationDegreesB"),
                  fields.number("wavelengthNm"),
                  fields.number("beamWaistM"),
                  fields.number("receiverRadiusM"),
                  fields.number("zenithTransmission"),
                  fields.number("pointingTransmission")));
      default -> throw new IllegalStateException(fields.shape() + " is not in MEDIA");
    };
  }

  private static Optional<Heralding> heralding(FieldReader fields) {
    return switch (fields.shape()) {
      case Shape.SINGLE_CLICK ->
          fields.build(() ->
              new Heralding.SingleClick(
                  fields.number("efficiencyA"),
                  fields.number("efficiencyB"),
                  fields.number("visibility"),
                  fields.number("darkCountRateHz"),
                  fields.number("detectionWindowSeconds")));
      case Shape.DOUBLE_CLICK ->
          fields.build(() ->
              new Heralding.DoubleClick(
                  fields.number("efficiencyA"),
                  fields.number("efficiencyB"),
                  fields.number("visibility"),
                  fields.number("darkCountRateHz"),
                  fields.number("detectionWindowSeconds")));
      case Shape.MIDDLE_SOURCE ->
          fields.build(() ->
              new Heralding.MiddleSource(
                  fields.number("efficiencyA"),
                  fields.number("efficiencyB"),
                  fields.number("sourceFidelity"),
                  fields.number("darkCountRateHz"),
                  fields.number("detectionWindowSeconds")));
      default -> throw new IllegalStateException(fields.shape() + " is not in HERALDINGS");
    };
  }

  private static List<GenerationMode> modes(FieldReader link, Optional<Heralding> heralding) {
    Map<String, Integer> lineOfName = new HashMap<>();
    List<GenerationMode> modes = new ArrayList<>();
    link.forEachItem(
        "modes",
        Shape.MODE,
        MODES_MAX,
        fields -> {
          String name = fields.findText("name").orElse("mistaken-name");
          fields
              .build(() -> new GenerationMode(name, fields.number("intensity")))
              .ifPresentOrElse(modes::add, () -> link.markFaulted("modes"));
          Integer former = lineOfName.putIfAbsent(name, fields.lineOf("name"));
          if (former != null) {
            fields.fault(
                "name",
                "("
                    + Mistakes.shown(name)
                    + ") must be unique within its link; first used on line "
                    + former);
          }
          if (heralding.isPresent()
              && heralding.get() instanceof Heralding.DoubleClick
              && fields.number("intensity") != 1) {
            fields.fault(
                "intensity",
                "(" + fields.number("intensity") + ") must be 1 for double-click heralding");
          }
        });
    return modes;
  }

  private static void requireMultiplexing(FieldReader fields) {
    long multiplexing = (long) fields.integer("channels") * fields.integer("memoryModes");
    if (multiplexing > MULTIPLEXING_MAX) {
      fields.fault(
          "memoryModes",
          "channels x memoryModes (" + multiplexing + ") must be at most " + MULTIPLEXING_MAX);
    }
  }

  /// By the word that `type` holds.
  private static SequencedMap<String, Shape> byType(Shape... shapes) {
    SequencedMap<String, Shape> map = new LinkedHashMap<>();
    for (Shape shape : List.of(shapes)) {
      map.put(shape.name().toLowerCase(Locale.ROOT).replace('_', '-'), shape);
    }
    return Collections.unmodifiableSequencedMap(map);
  }
}
