package net.bellwether.topology.format;

import java.util.Locale;
import java.util.regex.Pattern;

/// A mapping on one line, `{field: value, ...}`, and how values are written.
final class FlowText {
  /// What YAML and the format take for text without quotes; words that mean something else apart.
  private static final Pattern PLAIN =
      Pattern.compile("(?!(?i:true|false|null)$)[a-zA-Z][a-zA-Z0-9-]*");

  private final StringBuilder fields = new StringBuilder();

  static FlowText ofType(Shape shape) {
    return new FlowText().with("type", word(shape));
  }

  FlowText with(String field, String text) {
    return field(field, text(text));
  }

  FlowText with(String field, double value) {
    return field(field, number(value));
  }

  FlowText with(String field, int value) {
    return field(field, Integer.toString(value));
  }

  private FlowText field(String name, String value) {
    fields.append(fields.isEmpty() ? "{" : ", ").append(name).append(": ").append(value);
    return this;
  }

  @Override
  public String toString() {
    return fields.isEmpty() ? "{}" : fields + "}";
  }

  /// The shortest digits that come back to the same number.
  static String number(double value) {
    String digits = Double.toString(value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Text in quotes where YAML would take it for anything else.
  static String text(String value) {
    if (PLAIN.matcher(value).matches()) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    value.codePoints().forEach(point -> quoted.append(escaped(point)));
    return quoted.append('"').toString();
  }

  private static String escaped(int point) {
    if (point == '"' || point == '\\') {
      return "\\" + (char) point;
    }
    return point < 0x20 || point > 0x7e ? "\\U%08X".formatted(point) : Character.toString(point);
  }
}
