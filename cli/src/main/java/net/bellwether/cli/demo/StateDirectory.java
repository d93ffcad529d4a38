package net.bellwether.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The directory of one running network: emptied when it begins, and held until it ends so that a
/// second one cannot empty it meanwhile.
public record StateDirectory(Path path, FileChannel held) implements AutoCloseable {
  private static final String MARKER = "made-by-bellwether-demo";

  /// Takes `path`, which is new, empty, or was made by an earlier demo.
  ///
  /// @throws IllegalArgumentException where it holds something else, or a demo is using it
  public static StateDirectory emptied(Path path) {
    Path marker = path.resolve(MARKER);
    try {
      Files.createDirectories(path);
      if (!Files.exists(marker) && !contents(path).isEmpty()) {
        throw new IllegalArgumentException(
            "--state-dir (%s) is not empty and no demo made it; name another".formatted(path));
      }
      FileChannel channel =
          FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new IllegalArgumentException(
            "--state-dir (%s) is in use by another demo; stop it or name another".formatted(path));
      }
      for (Path file : contents(path)) {
        if (!file.equals(marker)) {
          Files.delete(file);
        }
      }
      return new StateDirectory(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare --state-dir " + path, e);
    }
  }

  /// Everything below `path`, what lies deepest first.
  private static List<Path> contents(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(file -> !file.equals(path)).sorted(Comparator.reverseOrder()).toList();
    }
  }

  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + path, e);
    }
  }
}
