package net.bellwether.topology;

/// A named working point of a link. `intensity` is the bright-state population α of single-click
/// heralding or the mean pairs per pulse μ of a middle source; double-click heralding has no such
/// choice and takes 1.
public record GenerationMode(String name, double intensity) {
  public GenerationMode {
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,30})")) {
      throw new IllegalArgumentException(
          "mode name (" + name + ") must be 1 to 31 lower-case letters, digits or hyphens");
    }
    Require.probability("intensity", intensity);
  }
}
