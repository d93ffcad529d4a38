package net.bellwether.cli.chsh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one end measured, as a file: it is there as a whole or not at all.
final class OutcomeFile {
  /// A folder that another machine writes to tells nothing; it is looked at this often.
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private OutcomeFile() {}

  static void write(Path file, List<Measured> measured) {
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(part, measured.stream().map(Measured::line).toList());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static List<Measured> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Measured::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Reads the file once it is there.
  ///
  /// @throws IllegalStateException where that takes longer than `patience`
  static List<Measured> await(Path file, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      var _ = folderOf(file).register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Files.exists(file)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "the other end has not written %s within %d s".formatted(file, patience.toSeconds()));
        }
        var key = watch.poll(Math.min(left, LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch the folder of " + file, e);
    }
    return read(file);
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("file (" + file + ") must be in a folder");
    }
    return folder;
  }
}
