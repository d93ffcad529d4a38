package net.bellwether.topology.format;

import java.util.List;
import java.util.stream.Collectors;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Medium;

/// The parts of a link as the format writes them; the counterpart of [LinkFields].
final class LinkText {
  private LinkText() {}

  static String medium(Medium medium) {
    return switch (medium) {
      case Medium.Fiber fiber ->
          FlowText.ofType(Shape.FIBER)
              .with("lengthKm", fiber.lengthKm())
              .with("attenuationDbPerKm", fiber.attenuationDbPerKm())
              .toString();
      case Medium.HollowCoreFiber fiber ->
          FlowText.ofType(Shape.HOLLOW_CORE_FIBER)
              .with("lengthKm", fiber.lengthKm())
              .with("attenuationDbPerKm", fiber.attenuationDbPerKm())
              .toString();
      case Medium.FreeSpace air ->
          FlowText.ofType(Shape.FREE_SPACE)
              .with("lengthKm", air.lengthKm())
              .with("wavelengthNm", air.wavelengthNm())
              .with("beamWaistM", air.beamWaistM())
              .with("receiverRadiusM", air.receiverRadiusM())
              .with("atmosphericTransmission", air.atmosphericTransmission())
              .toString();
      case Medium.Satellite satellite ->
          FlowText.ofType(Shape.SATELLITE)
              .with("groundLengthKm", satellite.groundLengthKm())
              .with("altitudeKm", satellite.altitudeKm())
              .with("elevationDegreesA", satellite.elevationDegreesA())
              .with("elevationDegreesB", satellite.elevationDegreesB())
              .with("wavelengthNm", satellite.wavelengthNm())
              .with("beamWaistM", satellite.beamWaistM())
              .with("receiverRadiusM", satellite.receiverRadiusM())
              .with("zenithTransmission", satellite.zenithTransmission())
              .with("pointingTransmission", satellite.pointingTransmission())
              .toString();
    };
  }

  static String heralding(Heralding heralding) {
    FlowText text =
        switch (heralding) {
          case Heralding.SingleClick click ->
              sides(Shape.SINGLE_CLICK, click).with("visibility", click.visibility());
          case Heralding.DoubleClick click ->
              sides(Shape.DOUBLE_CLICK, click).with("visibility", click.visibility());
          case Heralding.MiddleSource source ->
              sides(Shape.MIDDLE_SOURCE, source).with("sourceFidelity", source.sourceFidelity());
        };
    return text.with("darkCountRateHz", heralding.darkCountRateHz())
        .with("detectionWindowSeconds", heralding.detectionWindowSeconds())
        .toString();
  }

  private static FlowText sides(Shape shape, Heralding heralding) {
    return FlowText.ofType(shape)
        .with("efficiencyA", heralding.efficiencyA())
        .with("efficiencyB", heralding.efficiencyB());
  }

  static String modes(List<GenerationMode> modes) {
    return modes.stream()
        .map(mode ->
            new FlowText().with("name", mode.name()).with("intensity", mode.intensity()).toString())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
