package net.bellwether.controller.store;

/// Holds if the key's last change was at `revision`; 0 if the key must not exist.
public record Guard(String key, long revision) {
  public Guard {
    StoreLimits.checkKey(key);
    if (revision < 0) {
      throw new IllegalArgumentException("revision (" + revision + ") must be at least 0");
    }
  }

  public static Guard absent(String key) {
    return new Guard(key, 0);
  }
}
