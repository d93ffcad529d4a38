package net.bellwether.emulator.nature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// All pairs by name, until four seconds after the end of their round, or after the deadline of a
/// half that is kept. Bounded by that: a frame's pairs are bounded by the modes of the links, kept
/// ones by memory qubits. Looked up by name and walked through by age.
final class Pairs {
  /// Stamps older than this are refused, so no command can name a pair that was forgotten.
  static final long MEMORY_FRAMES = 4 * NetworkTime.PICOS_PER_SECOND / NetworkTime.FRAME_PICOS;

  private final Map<PairId, LivePair> byId = new HashMap<>();
  private final ArrayDeque<Expiry> expiries = new ArrayDeque<>();

  /// Pairs that were added in one frame, to be looked at again four seconds later.
  private record Expiry(long frame, List<LivePair> pairs) {}

  @Nullable LivePair find(PairId id) {
    return byId.get(id);
  }

  void add(LivePair pair, long frameNow) {
    byId.put(pair.id, pair);
    lookAtAgain(pair, frameNow);
  }

  private void lookAtAgain(LivePair pair, long frameNow) {
    Expiry last = expiries.peekLast();
    if (last == null || last.frame != frameNow) {
      last = new Expiry(frameNow, new ArrayList<>());
      expiries.add(last);
    }
    last.pairs.add(pair);
  }

  /// Forgets pairs that were added more than the memory before `frameNow` and are not kept longer.
  void forgetUntil(long frameNow) {
    for (Expiry first = expiries.peekFirst();
        first != null && first.frame + MEMORY_FRAMES < frameNow;
        first = expiries.peekFirst()) {
      for (LivePair pair : first.pairs) {
        if (isKept(pair) && pair.lastUse().frame() + MEMORY_FRAMES >= frameNow) {
          lookAtAgain(pair, frameNow);
        } else {
          byId.remove(pair.id);
          forget(pair, pair.one());
          forget(pair, pair.two());
        }
      }
      expiries.removeFirst();
    }
  }

  private static boolean isKept(LivePair pair) {
    return (pair.holds(pair.one()) && pair.one().isKept())
        || (pair.holds(pair.two()) && pair.two().isKept());
  }

  private static void forget(LivePair pair, Half half) {
    if (pair.holds(half)) {
      half.holder.forgot(half);
    }
  }

  /// All pairs, oldest first.
  void forEach(Consumer<LivePair> visitor) {
    expiries.forEach(expiry -> expiry.pairs.forEach(visitor));
  }

  int size() {
    return byId.size();
  }
}
