package net.bellwether.topology.id;

import java.util.regex.Pattern;

/// The one rule for names that travel in URLs, certificates and file paths alike.
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Names() {}

  static void check(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what
              + " ("
              + value
              + ") must be 1 to 63 lower-case letters, digits or inner hyphens"
              + "\nrename it, for example to \"node-1\"");
    }
  }
}
