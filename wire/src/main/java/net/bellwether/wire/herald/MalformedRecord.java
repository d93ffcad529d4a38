package net.bellwether.wire.herald;

/// Bytes that are no record; the message names field, value and rule. It has no stack trace:
/// whoever sends many of them must not be able to make them dear.
public final class MalformedRecord extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedRecord(String field, String value, String rule) {
    super(field + " (" + value + ") must " + rule, null, false, false);
  }
}
