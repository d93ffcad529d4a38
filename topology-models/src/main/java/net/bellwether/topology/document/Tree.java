package net.bellwether.topology.document;

import java.util.List;

/// A YAML document as a tree whose every value knows its line, from 1.
sealed interface Tree {
  int line();

  /// Text as written; `plain` if it stood without quotes and so may be a number.
  record Scalar(int line, String text, boolean plain) implements Tree {
    /// Nothing was written where a value belongs.
    boolean isEmpty() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    /// YAML takes it for a number or a truth value.
    boolean isOtherThanText() {
      return plain && (NumberText.NUMBER.matches(text) || isTruthValue());
    }

    private boolean isTruthValue() {
      return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }
  }

  record Sequence(int line, List<Tree> items) implements Tree {}

  /// Entries in the order of the file, repeated keys included.
  record Mapping(int line, List<Entry> entries) implements Tree {}

  /// Something whose mistake has been reported already.
  record Refused(int line) implements Tree {}

  record Entry(int line, String key, Tree value) {}
}
