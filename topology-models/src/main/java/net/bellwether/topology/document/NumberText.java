package net.bellwether.topology.document;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// The two ways to write a number: decimal digits, without units, bases or separators.
enum NumberText {
  NUMBER("a number", "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
  INTEGER("an integer", "[-+]?[0-9]+");

  private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.?(?i:nan|inf|infinity)");

  private final String title;
  private final Pattern pattern;

  NumberText(String title, String pattern) {
    this.title = title;
    this.pattern = Pattern.compile(pattern);
  }

  /// What a person calls it, with its article.
  String title() {
    return title;
  }

  boolean matches(String text) {
    return pattern.matcher(text).matches();
  }

  /// Empty where `scalar` is no finite number of this kind.
  OptionalDouble parse(Tree.Scalar scalar) {
    if (!scalar.plain() || !matches(scalar.text())) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(scalar.text());
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// Why [#parse] came to nothing.
  String refusal(String field, Tree.Scalar scalar) {
    String shown = Mistakes.shown(scalar.text());
    if (scalar.plain() && (matches(scalar.text()) || NOT_FINITE.matcher(scalar.text()).matches())) {
      return "must be finite, not " + shown;
    }
    String refusal = "must be " + title + ", not \"" + shown + "\"";
    if (!scalar.plain() && NUMBER.matches(scalar.text())) {
      return refusal + " in quotes";
    }
    return scalar.text().matches("(?s)[-+]?[0-9].*\\p{L}")
        ? refusal + ": the unit is in the field's name (" + field + ")"
        : refusal;
  }
}
