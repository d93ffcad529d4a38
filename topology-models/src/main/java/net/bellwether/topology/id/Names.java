package net.bellwether.topology.id;

/// The one rule for names that travel in URLs, certificates and file paths alike.
final class Names {
  private static final int MAX_LENGTH = 63;

  private Names() {}

  static void check(String what, String value) {
    if (!isName(value)) {
      throw new IllegalArgumentException(
          what
              + " ("
              + value
              + ") must be 1 to 63 lower-case letters, digits or inner hyphens"
              + "\nrename it, for example to \"node-1\"");
    }
  }

  /// By hand, because every name in every message about a pair is checked: a regular expression was
  /// a tenth of the work of a fresh emulator.
  private static boolean isName(String value) {
    int length = value.length();
    if (length == 0
        || length > MAX_LENGTH
        || value.charAt(0) == '-'
        || value.charAt(length - 1) == '-') {
      return false;
    }
    for (int at = 0; at < length; at++) {
      char c = value.charAt(at);
      boolean letter = c >= 'a' && c <= 'z';
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && c != '-') {
        return false;
      }
    }
    return true;
  }
}
