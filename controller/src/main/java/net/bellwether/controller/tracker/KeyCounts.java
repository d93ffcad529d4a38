package net.bellwether.controller.tracker;

/// Keys of one session that a key manager has delivered to its consumer, and those it has burnt:
/// committed but never sent.
public record KeyCounts(long delivered, long burnt) {
  static final KeyCounts NONE = new KeyCounts(0, 0);

  KeyCounts plus(KeyCounts other) {
    return new KeyCounts(delivered + other.delivered, burnt + other.burnt);
  }
}
