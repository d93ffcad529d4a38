package net.bellwether.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A new directory for what a measurement writes; gone with all that is in it when it is closed.
public record ScratchDirectory(Path path) implements AutoCloseable {
  public static ScratchDirectory create(String name) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory("bellwether-" + name));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
