package net.bellwether.controller.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of a store as bytes, to be damaged and opened elsewhere.
record StoreImage(SequencedMap<String, byte[]> files) {
  static final List<String> NAMES = List.of("anchor", "store.db", "store.db-wal");

  static StoreImage of(Path directory) throws IOException {
    SequencedMap<String, byte[]> files = new TreeMap<>();
    for (String name : NAMES) {
      if (Files.exists(directory.resolve(name))) {
        files.put(name, Files.readAllBytes(directory.resolve(name)));
      }
    }
    return new StoreImage(files);
  }

  byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new AssertionError(name + " must be one of " + files.keySet());
    }
    return content;
  }

  StoreImage with(String name, byte[] content) {
    SequencedMap<String, byte[]> changed = new TreeMap<>(files);
    changed.put(name, content);
    return new StoreImage(changed);
  }

  StoreImage without(String name) {
    SequencedMap<String, byte[]> changed = new TreeMap<>(files);
    changed.remove(name);
    return new StoreImage(changed);
  }

  /// Writes the files to `directory`, in the place of all that is there.
  void restore(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> old = Files.list(directory)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (var file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  boolean isStillIn(Path directory) throws IOException {
    for (var file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        return false;
      }
    }
    return true;
  }
}
