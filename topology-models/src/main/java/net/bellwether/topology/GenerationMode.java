package net.bellwether.topology;

import java.util.regex.Pattern;

/// A named working point of a link. `intensity` is the bright-state population α of single-click
/// heralding or the mean pairs per pulse μ of a middle source; double-click heralding has no such
/// choice and takes 1.
public record GenerationMode(String name, double intensity) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30})");

  public GenerationMode {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "mode name (" + name + ") must be 1 to 31 lower-case letters, digits or hyphens");
    }
    Require.probability("intensity", intensity);
  }
}
