package net.bellwether.controller.record;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/// A record as lines of `name value`, written and read in one fixed order; the first line names the
/// record's kind and version. Free text is Base64, so that it cannot break a line.
final class Lines {
  private Lines() {}

  /// Whether the record is of this kind and version.
  static boolean isOfKind(byte[] value, String kindAndVersion) {
    return new String(value, StandardCharsets.UTF_8).startsWith(kindAndVersion + "\n");
  }

  static final class Writer {
    private final StringBuilder text = new StringBuilder();

    Writer(String kindAndVersion) {
      text.append(kindAndVersion).append('\n');
    }

    Writer put(String name, Object value) {
      text.append(name).append(' ').append(value).append('\n');
      return this;
    }

    Writer putText(String name, String value) {
      return putBytes(name, value.getBytes(StandardCharsets.UTF_8));
    }

    Writer putBytes(String name, byte[] value) {
      return put(name, Base64.getEncoder().encodeToString(value));
    }

    byte[] bytes() {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  static final class Reader {
    private final String key;
    private final Iterator<String> lines;

    Reader(String key, byte[] value, String kindAndVersion) {
      this.key = key;
      this.lines = List.of(new String(value, StandardCharsets.UTF_8).split("\n", -1)).iterator();
      String first = lines.next();
      if (!first.equals(kindAndVersion)) {
        throw new IllegalStateException(
            "record %s (%s) must be of kind and version \"%s\"\nwas it written by a newer version?"
                .formatted(key, first, kindAndVersion));
      }
    }

    String take(String name) {
      String line = lines.hasNext() ? lines.next() : "";
      if (!line.startsWith(name + " ")) {
        throw new IllegalStateException(
            "record %s must have \"%s\" where it has \"%s\"".formatted(key, name, line));
      }
      return line.substring(name.length() + 1);
    }

    long takeLong(String name) {
      return Long.parseLong(take(name));
    }

    double takeDouble(String name) {
      return Double.parseDouble(take(name));
    }

    String takeText(String name) {
      return new String(takeBytes(name), StandardCharsets.UTF_8);
    }

    byte[] takeBytes(String name) {
      return Base64.getDecoder().decode(take(name));
    }
  }
}
