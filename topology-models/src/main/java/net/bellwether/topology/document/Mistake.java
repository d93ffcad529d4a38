package net.bellwether.topology.document;

/// One mistake of a document: where it stands (`line` from 1, `field` as a path such as
/// `links[0].medium.lengthKm`, empty for the document as a whole) and the rule it breaks.
public record Mistake(String document, int line, String field, String rule) {
  @Override
  public String toString() {
    String place = document + ":" + line + ": ";
    return field.isEmpty() ? place + rule : place + field + ": " + rule;
  }
}
