package net.bellwether.topology.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads the fields of one mapping. Every mistake is reported once, at its own line, and answered
/// with a neutral value, so that reading goes on and finds the others. Ranges are the records' own
/// rules: see [#build].
public final class FieldReader {
  private final Mistakes mistakes;
  private final MappingShape shape;
  private final String path;
  private final int line;
  private final Map<String, Tree.Entry> entries = new HashMap<>();
  private final Set<String> faulted = new HashSet<>();
  private final Map<String, Double> numbers = new HashMap<>();
  private final Map<String, FieldReader> children = new HashMap<>();

  private FieldReader(Mistakes mistakes, MappingShape shape, String path, int line) {
    this.mistakes = mistakes;
    this.shape = shape;
    this.path = path;
    this.line = line;
  }

  /// A reader of the one YAML document of `text`, which must be a mapping of `shape`; empty (with
  /// its mistake reported) where there is no such thing.
  public static Optional<FieldReader> ofDocument(
      String text, MappingShape shape, Mistakes mistakes) {
    return YamlTree.parse(text, mistakes).flatMap(tree -> of(tree, shape, "", mistakes));
  }

  /// A reader of `tree`, which must be a mapping of `shape`; unknown, repeated and missing fields
  /// are reported at once.
  private static Optional<FieldReader> of(
      Tree tree, MappingShape shape, String path, Mistakes mistakes) {
    FieldReader reader = new FieldReader(mistakes, shape, path, tree.line());
    return switch (tree) {
      case Tree.Mapping mapping -> {
        reader.take(mapping);
        yield Optional.of(reader);
      }
      case Tree.Scalar _, Tree.Sequence _ -> {
        mistakes.add(
            tree.line(),
            path,
            "must be " + shape.title() + " with the fields " + String.join(", ", reader.known()));
        yield Optional.empty();
      }
      case Tree.Refused _ -> Optional.empty();
    };
  }

  private void take(Tree.Mapping mapping) {
    for (Tree.Entry entry : mapping.entries()) {
      String key = entry.key();
      Tree.Entry first = entries.get(key);
      if (!shape.fields().containsKey(key)) {
        mistakes.add(
            entry.line(),
            pathOf(Mistakes.shown(key)),
            "unknown field" + NearestName.hint(key, known()));
      } else if (first != null) {
        mistakes.add(entry.line(), pathOf(key), "is given twice, first on line " + first.line());
      } else {
        entries.put(key, entry);
      }
    }
    for (MappingShape.Field field : shape.fields().values()) {
      if (field.required() && !entries.containsKey(field.name())) {
        fault(field.name(), "is missing");
      }
    }
  }

  private List<String> known() {
    return List.copyOf(shape.fields().keySet());
  }

  public String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /// Line of a field's value, or of the mapping if the field is not there.
  public int lineOf(String field) {
    Tree.Entry entry = entries.get(field);
    return entry == null ? line : entry.value().line();
  }

  /// Reports a mistake of a field; only the first of each field.
  public void fault(String field, String rule) {
    if (faulted.add(field)) {
      mistakes.add(lineOf(field), pathOf(field), rule);
    }
  }

  /// Reports a mistake of a field of the mapping under `child`; only the first of each.
  public void faultWithin(String child, String field, String rule) {
    FieldReader reader = children.get(child);
    if (reader == null) {
      throw new IllegalStateException("child (" + child + ") must have been read before");
    }
    reader.fault(field, rule);
  }

  /// A mistake of something inside the field has been reported.
  public void markFaulted(String field) {
    faulted.add(field);
  }

  public boolean isFaulted(String field) {
    return faulted.contains(field);
  }

  /// How many mistakes of the whole document have been found so far.
  public int mistakeCount() {
    return mistakes.count();
  }

  /// Whether the field stands in the document, right or wrong.
  public boolean has(String field) {
    return entries.containsKey(field);
  }

  public MappingShape shape() {
    return shape;
  }

  /// The text of a field; empty (and reported, where the field is required) if there is none.
  public Optional<String> findText(String field) {
    return scalar(field, "text")
        .flatMap(scalar -> {
          if (scalar.isOtherThanText()) {
            fault(
                field,
                "must be text, not "
                    + Mistakes.shown(scalar.text())
                    + "; put it in quotes if it is meant");
            return Optional.empty();
          }
          return Optional.of(scalar.text());
        });
  }

  /// The text of a field as it stands, right or wrong, for comparison with other names.
  public Optional<String> findRawText(String field) {
    Tree.Entry entry = entries.get(field);
    return entry != null && entry.value() instanceof Tree.Scalar scalar && !scalar.isEmpty()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /// A name that `parse` accepts; `neutral` (with the mistake reported) if it does not.
  public <T> T name(String field, Function<String, T> parse, String neutral) {
    Optional<String> text = findText(field);
    if (text.isPresent()) {
      try {
        return parse.apply(text.get());
      } catch (IllegalArgumentException e) {
        fault(field, rule(e));
      }
    }
    return parse.apply(neutral);
  }

  public double number(String field) {
    return numbers.computeIfAbsent(field, name -> parse(name, NumberText.NUMBER));
  }

  public int integer(String field) {
    double value = numbers.computeIfAbsent(field, name -> parse(name, NumberText.INTEGER));
    if (value > Integer.MAX_VALUE || value < Integer.MIN_VALUE) {
      fault(field, "must be at most " + Integer.MAX_VALUE);
      return neutral(field);
    }
    return (int) value;
  }

  private int neutral(String field) {
    double neutral = shape.get(field).neutral();
    numbers.put(field, neutral);
    return (int) neutral;
  }

  private double parse(String field, NumberText kind) {
    Optional<Tree.Scalar> scalar = scalar(field, kind.title());
    if (scalar.isPresent()) {
      OptionalDouble value = kind.parse(scalar.get());
      if (value.isPresent()) {
        return value.getAsDouble();
      }
      fault(field, kind.refusal(field, scalar.get()));
    }
    return shape.get(field).neutral();
  }

  private Optional<Tree.Scalar> scalar(String field, String kind) {
    Tree.Entry entry = entries.get(field);
    if (entry == null || faulted.contains(field)) {
      return Optional.empty();
    }
    switch (entry.value()) {
      case Tree.Scalar scalar when scalar.isEmpty() -> fault(field, "is empty; must be " + kind);
      case Tree.Scalar scalar -> {
        return Optional.of(scalar);
      }
      case Tree.Sequence _ -> fault(field, "must be " + kind + ", not a list");
      case Tree.Mapping _ -> fault(field, "must be " + kind + ", not a mapping");
      case Tree.Refused _ -> faulted.add(field);
    }
    return Optional.empty();
  }

  /// A reader of the mapping under a field.
  public Optional<FieldReader> child(String field, MappingShape childShape) {
    Tree.Entry entry = entries.get(field);
    Optional<FieldReader> child =
        entry == null ? Optional.empty() : of(entry.value(), childShape, pathOf(field), mistakes);
    child.ifPresentOrElse(reader -> children.put(field, reader), () -> faulted.add(field));
    return child;
  }

  /// A reader of the mapping under a field, whose shape its `type` chooses.
  public Optional<FieldReader> child(
      String field, SequencedMap<String, ? extends MappingShape> shapeOfType) {
    Tree.Entry entry = entries.get(field);
    if (entry == null) {
      return Optional.empty();
    }
    Optional<FieldReader> child =
        shapeOf(entry.value(), pathOf(field), shapeOfType)
            .flatMap(shape -> of(entry.value(), shape, pathOf(field), mistakes));
    child.ifPresentOrElse(reader -> children.put(field, reader), () -> faulted.add(field));
    return child;
  }

  /// The shape that the `type` of a mapping chooses; empty, and reported, where it chooses none.
  private Optional<MappingShape> shapeOf(
      Tree value, String path, SequencedMap<String, ? extends MappingShape> shapeOfType) {
    Optional<Tree.Entry> type =
        value instanceof Tree.Mapping mapping
            ? mapping.entries().stream().filter(each -> each.key().equals("type")).findFirst()
            : Optional.empty();
    if (type.isEmpty() || !(type.get().value() instanceof Tree.Scalar scalar)) {
      if (!(value instanceof Tree.Refused)) {
        mistakes.add(
            value.line(),
            path,
            "must have a type: one of " + String.join(", ", shapeOfType.keySet()));
      }
      return Optional.empty();
    }
    MappingShape chosen = shapeOfType.get(scalar.text());
    if (chosen == null) {
      mistakes.add(
          scalar.line(), path + ".type", oneOf(scalar.text(), List.copyOf(shapeOfType.keySet())));
    }
    return Optional.ofNullable(chosen);
  }

  /// `(value) must be one of …`, with the nearest of them.
  public static String oneOf(String value, List<String> known) {
    return "("
        + Mistakes.shown(value)
        + ") must be one of "
        + String.join(", ", known)
        + NearestName.hint(value, known);
  }

  /// Reads the mappings in the list under a field one by one, so that no more of them than `each`
  /// keeps stand in memory; at most `most` of them. Those that are not mappings are reported and
  /// left out.
  public void forEachItem(
      String field, MappingShape itemShape, int most, Consumer<FieldReader> each) {
    forEachItem(field, most, (item, itemPath) -> of(item, itemShape, itemPath, mistakes), each);
  }

  /// The same where the `type` of each mapping chooses its shape.
  public void forEachItem(
      String field,
      SequencedMap<String, ? extends MappingShape> shapeOfType,
      int most,
      Consumer<FieldReader> each) {
    forEachItem(
        field,
        most,
        (item, itemPath) ->
            shapeOf(item, itemPath, shapeOfType)
                .flatMap(shape -> of(item, shape, itemPath, mistakes)),
        each);
  }

  private void forEachItem(
      String field,
      int most,
      BiFunction<Tree, String, Optional<FieldReader>> reader,
      Consumer<FieldReader> each) {
    Tree.Entry entry = entries.get(field);
    if (entry == null) {
      return;
    }
    switch (entry.value()) {
      case Tree.Sequence sequence when sequence.items().size() > most ->
          fault(field, "(" + sequence.items().size() + " entries) must have at most " + most);
      case Tree.Sequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          reader
              .apply(sequence.items().get(i), pathOf(field) + "[" + i + "]")
              .ifPresentOrElse(each, () -> faulted.add(field));
        }
      }
      case Tree.Scalar _, Tree.Mapping _ -> fault(field, "must be a list");
      case Tree.Refused _ -> faulted.add(field);
    }
  }

  /// Constructs a record from the values read so far. A rule of the record that does not hold is
  /// reported at the field its message names; that field then becomes neutral and construction is
  /// tried again, which finds the next broken rule. (`construct` does likewise for fields that are
  /// not numbers, by [#isFaulted].)
  public <T> Optional<T> build(Supplier<T> construct) {
    while (true) {
      try {
        return Optional.of(construct.get());
      } catch (IllegalArgumentException e) {
        String field = fieldNamedBy(e);
        if (field.isEmpty()) {
          mistakes.add(line, path, rule(e));
          return Optional.empty();
        }
        boolean known = faulted.contains(field);
        fault(field, rule(e));
        if (known) {
          return Optional.empty();
        }
        numbers.computeIfPresent(field, (name, _) -> shape.get(name).neutral());
      }
    }
  }

  /// The records' messages begin with the field's name, with `ends` or with `… name`.
  private String fieldNamedBy(IllegalArgumentException e) {
    String subject = rule(e).replaceFirst(" \\(.*| must .*", "");
    String last = subject.substring(subject.lastIndexOf(' ') + 1);
    String field = last.equals("ends") ? "b" : last;
    return shape.fields().containsKey(field) ? field : "";
  }

  private static String rule(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
  }
}
