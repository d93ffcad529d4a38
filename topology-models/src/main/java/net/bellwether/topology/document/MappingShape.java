package net.bellwether.topology.document;

import java.util.SequencedMap;

/// A kind of mapping and the fields it takes.
public interface MappingShape {
  /// One field. `neutral` is a number every rule of the field accepts: it stands in for a mistaken
  /// value, so that the rules of the other fields are checked all the same.
  record Field(String name, boolean required, double neutral) {
    /// Of text, a list or a mapping.
    public static Field required(String name) {
      return new Field(name, true, Double.NaN);
    }

    /// Of text, a list or a mapping, that may be left out.
    public static Field optional(String name) {
      return new Field(name, false, Double.NaN);
    }
  }

  /// What a person calls it, with its article.
  String title();

  /// By name, in the order of documents.
  SequencedMap<String, Field> fields();

  default Field get(String name) {
    Field field = fields().get(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "field (" + name + ") must be one of " + fields().keySet());
    }
    return field;
  }
}
