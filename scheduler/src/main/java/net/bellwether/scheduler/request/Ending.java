package net.bellwether.scheduler.request;

/// What the ends do with pairs that are delivered.
public enum Ending {
  /// They measure their halves, as soon as no purification needs them: earlier than the pair is
  /// finished, where swaps are still under way.
  MEASURED,
  /// They keep their halves, which age until the pair is finished and beyond.
  KEPT
}
