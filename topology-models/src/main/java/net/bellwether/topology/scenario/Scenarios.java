package net.bellwether.topology.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The scenario library: networks whose device assumptions and targets are stated in their
/// documents.
public final class Scenarios {
  private static final List<String> NAMES =
      List.of("qit-chicago", "cambridge-loop", "repeater-50km");

  private Scenarios() {}

  public static List<String> names() {
    return NAMES;
  }

  /// The YAML document of a scenario. Throws IllegalArgumentException for any other name.
  public static String document(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "scenario (" + name + ") must be one of " + String.join(", ", NAMES));
    }
    String file = name + ".yaml";
    try (InputStream in = Scenarios.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
