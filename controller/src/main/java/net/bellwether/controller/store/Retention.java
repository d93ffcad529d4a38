package net.bellwether.controller.store;

/// How much history is kept: at least the last `revisions`, as long as they have at most `bytes`;
/// at most twice of either before it is folded.
public record Retention(int revisions, long bytes) {
  /// Hours of a busy controller, and a small part of its memory.
  public static final Retention STANDARD = new Retention(10_000, 64L << 20);

  public Retention {
    if (revisions < 1) {
      throw new IllegalArgumentException("revisions (" + revisions + ") must be at least 1");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes (" + bytes + ") must be at least 1");
    }
  }
}
