package net.bellwether.controller.state;

/// What becomes of a session's pairs.
public sealed interface SessionKind {
  /// Both ends measure them at once and distil key.
  record MeasureDirectly() implements SessionKind {}

  /// Both ends keep their halves for the consumers, up to `holdMillis` after delivery.
  record CreateAndKeep(long holdMillis) implements SessionKind {
    public static final long HOLD_MILLIS_MAX = 60_000;

    private static final long PICOS_PER_MILLI = 1_000_000_000L;

    public CreateAndKeep {
      if (holdMillis < 1 || holdMillis > HOLD_MILLIS_MAX) {
        throw new IllegalArgumentException(
            "hold_milliseconds (%d) must be in [1, %d]".formatted(holdMillis, HOLD_MILLIS_MAX));
      }
    }

    public long holdPicos() {
      return holdMillis * PICOS_PER_MILLI;
    }
  }
}
