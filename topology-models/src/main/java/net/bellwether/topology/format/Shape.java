package net.bellwether.topology.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.topology.document.MappingShape;

/// The mappings of the format and the fields they take. The reader knows no field that is not here;
/// the JSON Schema is tested against it.
enum Shape implements MappingShape {
  DOCUMENT(
      "a topology",
      field("bellwether"),
      field("name"),
      optional("description"),
      field("nodes"),
      optional("links"),
      optional("qkdModules")),
  NODE(
      "a node",
      field("name"),
      field("role"),
      field("communicationQubits"),
      field("memoryQubits"),
      field("operations")),
  QUBITS(
      "a register of qubits",
      // Stands in for a count that is mistaken itself: large enough for every link.
      number("count", Integer.MAX_VALUE),
      number("t1Seconds", 1e300),
      number("t2Seconds", 1e-300)),
  OPERATIONS(
      "operations",
      number("gateFidelity"),
      number("readoutErrorProbability"),
      number("swapSuccessProbability")),
  LINK(
      "a link",
      field("name"),
      field("a"),
      field("b"),
      field("medium"),
      field("heralding"),
      number("attemptRateHz"),
      number("channels", 1),
      number("memoryModes", 1),
      field("modes")),
  FIBER("a fiber", field("type"), number("lengthKm"), number("attenuationDbPerKm")),
  HOLLOW_CORE_FIBER(
      "a hollow-core-fiber", field("type"), number("lengthKm"), number("attenuationDbPerKm")),
  FREE_SPACE(
      "a free-space medium",
      field("type"),
      number("lengthKm"),
      number("wavelengthNm"),
      number("beamWaistM"),
      number("receiverRadiusM"),
      number("atmosphericTransmission")),
  SATELLITE(
      "a satellite",
      field("type"),
      number("groundLengthKm"),
      number("altitudeKm"),
      number("elevationDegreesA", 45),
      number("elevationDegreesB", 45),
      number("wavelengthNm"),
      number("beamWaistM"),
      number("receiverRadiusM"),
      number("zenithTransmission"),
      number("pointingTransmission")),
  SINGLE_CLICK(
      "single-click heralding",
      field("type"),
      number("efficiencyA"),
      number("efficiencyB"),
      number("visibility"),
      number("darkCountRateHz"),
      number("detectionWindowSeconds")),
  DOUBLE_CLICK(
      "double-click heralding",
      field("type"),
      number("efficiencyA"),
      number("efficiencyB"),
      number("visibility"),
      number("darkCountRateHz"),
      number("detectionWindowSeconds")),
  MIDDLE_SOURCE(
      "middle-source heralding",
      field("type"),
      number("efficiencyA"),
      number("efficiencyB"),
      number("sourceFidelity"),
      number("darkCountRateHz"),
      number("detectionWindowSeconds")),
  MODE("a generation mode", field("name"), number("intensity")),
  QKD_MODULE(
      "a QKD module",
      field("name"),
      field("a"),
      field("b"),
      number("lengthKm"),
      number("secretKeyBitsPerSecond"));

  private final String title;

  // Unmodifiable; the JDK has no immutable map that keeps its order.
  @SuppressWarnings("ImmutableEnumChecker")
  private final SequencedMap<String, Field> fields;

  Shape(String title, Field... fields) {
    this.title = title;
    SequencedMap<String, Field> byName = new LinkedHashMap<>();
    for (Field field : List.of(fields)) {
      byName.put(field.name(), field);
    }
    this.fields = Collections.unmodifiableSequencedMap(byName);
  }

  private static Field field(String name) {
    return Field.required(name);
  }

  private static Field optional(String name) {
    return Field.optional(name);
  }

  private static Field number(String name) {
    return new Field(name, true, 0.5);
  }

  private static Field number(String name, double neutral) {
    return new Field(name, true, neutral);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public SequencedMap<String, Field> fields() {
    return fields;
  }
}
