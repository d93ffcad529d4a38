package net.bellwether.emulator.nature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// All pairs by name, until four seconds after the end of their round. Bounded by that: a frame's
/// pairs are bounded by the modes of the links. Looked up only, never walked through.
final class Pairs {
  /// Stamps older than this are refused, so no command can name a pair that was forgotten.
  static final long MEMORY_FRAMES = 4 * NetworkTime.PICOS_PER_SECOND / NetworkTime.FRAME_PICOS;

  private final Map<PairId, LivePair> byId = new HashMap<>();
  private final ArrayDeque<Expiry> expiries = new ArrayDeque<>();

  /// Pairs whose rounds ended in one frame.
  private record Expiry(long frame, List<PairId> pairs) {}

  @Nullable LivePair find(PairId id) {
    return byId.get(id);
  }

  void add(LivePair pair, long frameNow) {
    byId.put(pair.id, pair);
    Expiry last = expiries.peekLast();
    if (last == null || last.frame != frameNow) {
      last = new Expiry(frameNow, new ArrayList<>());
      expiries.add(last);
    }
    last.pairs.add(pair.id);
  }

  /// Forgets pairs that were added more than the memory before `frameNow`.
  void forgetUntil(long frameNow) {
    for (Expiry first = expiries.peekFirst();
        first != null && first.frame + MEMORY_FRAMES < frameNow;
        first = expiries.peekFirst()) {
      first.pairs.forEach(byId::remove);
      expiries.removeFirst();
    }
  }

  int size() {
    return byId.size();
  }
}
