package net.bellwether.agent.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Commands under way, by tag. Tags are given in sequence and outcomes come in that order, so that
/// this is a ring from the oldest tag under way to the newest, without boxed keys.
final class PendingOperations {
  private static final int INITIAL = 1 << 10;

  private @Nullable Operation[] ring = new @Nullable Operation[INITIAL];
  private long oldest = DeviceCommand.UNTAGGED + 1;
  private long next = DeviceCommand.UNTAGGED + 1;
  private int count;

  /// The tag of `operation`, which is new.
  long add(Operation operation) {
    if (next - oldest == ring.length) {
      grow();
    }
    ring[slot(next)] = operation;
    count++;
    return next++;
  }

  private void grow() {
    @Nullable Operation[] larger = new @Nullable Operation[2 * ring.length];
    for (long tag = oldest; tag < next; tag++) {
      larger[(int) (tag & (larger.length - 1))] = ring[slot(tag)];
    }
    ring = larger;
  }

  private int slot(long tag) {
    return (int) (tag & (ring.length - 1));
  }

  /// The operation of `tag`, once; none where it is unknown or was forgotten.
  @Nullable Operation take(long tag) {
    if (tag < oldest || tag >= next) {
      return null;
    }
    Operation operation = ring[slot(tag)];
    if (operation != null) {
      ring[slot(tag)] = null;
      count--;
    }
    skipTaken();
    return operation;
  }

  private void skipTaken() {
    while (oldest < next && ring[slot(oldest)] == null) {
      oldest++;
    }
  }

  /// Forgets the oldest ones as long as no outcome changes anything any more.
  void forgetSettled() {
    while (oldest < next) {
      Operation operation = ring[slot(oldest)];
      if (operation != null) {
        if (!operation.isPast()) {
          return;
        }
        ring[slot(oldest)] = null;
        count--;
      }
      oldest++;
    }
  }

  /// No outcome will come any more.
  void clear() {
    Arrays.fill(ring, null);
    oldest = next;
    count = 0;
  }

  int count() {
    return count;
  }
}
