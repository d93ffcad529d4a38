package net.bellwether.simulation.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import net.bellwether.topology.document.MappingShape;

/// The mappings of a scenario and the fields they take.
enum Shape implements MappingShape {
  SCENARIO(
      "a scenario",
      Field.required("simulation"),
      Field.required("name"),
      Field.optional("description"),
      Field.required("topology"),
      Field.required("sessions"),
      Field.optional("events")),
  SESSION(
      "a session",
      Field.optional("tenant"),
      Field.required("from"),
      Field.required("to"),
      new Field("pairsPerSecond", false, 0),
      new Field("minFidelity", false, 0),
      new Field("openAtSeconds", false, 0),
      new Field("closeAtSeconds", false, Double.POSITIVE_INFINITY)),
  CUT("a cut", type(), at(), Field.required("link")),
  REPAIR("a repair", type(), at(), Field.required("link")),
  DEGRADE(
      "a degradation",
      type(),
      at(),
      Field.required("link"),
      new Field("successFactor", true, 1),
      new Field("whiteNoise", true, 0)),
  DARK_COUNTS("dark counts", type(), at(), Field.required("link"), new Field("factor", true, 1)),
  DRIFT("a drift", type(), at(), Field.required("link"), new Field("whiteNoisePerHour", true, 0)),
  EAVESDROP(
      "an eavesdropper", type(), at(), Field.required("link"), new Field("fraction", true, 0)),
  COHERENCE(
      "a loss of coherence", type(), at(), Field.required("node"), new Field("factor", true, 1)),
  BREAK_MEMORY("broken memory", type(), at(), Field.required("node"), new Field("count", true, 1)),
  CLOCK("a clock", type(), at(), Field.required("node"), new Field("offsetMillis", true, 0)),
  REPAIR_NODE("a repair of a node", type(), at(), Field.required("node"));

  /// What may befall a network, by the word that `type` holds: that of `bellctl emulator`.
  static final SequencedMap<String, Shape> EVENTS =
      byType(
          CUT,
          REPAIR,
          DEGRADE,
          DARK_COUNTS,
          DRIFT,
          EAVESDROP,
          COHERENCE,
          BREAK_MEMORY,
          CLOCK,
          REPAIR_NODE);

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

  private static Field type() {
    return Field.required("type");
  }

  private static Field at() {
    return new Field("atSeconds", true, 0);
  }

  private static SequencedMap<String, Shape> byType(Shape... shapes) {
    SequencedMap<String, Shape> map = new LinkedHashMap<>();
    for (Shape shape : List.of(shapes)) {
      map.put(shape.name().toLowerCase(Locale.ROOT).replace('_', '-'), shape);
    }
    return Collections.unmodifiableSequencedMap(map);
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
