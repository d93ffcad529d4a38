package net.bellwether.emulator.nature;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// All pairs by name, oldest first, until both ends are done with them or four seconds after the
/// end of their round, or after the deadline of a half that is kept. Bounded by that: a frame's
/// pairs are bounded by the modes of the links, kept ones by memory qubits. Finished pairs are
/// dropped at once because copying them for four seconds cost a garbage collector nine times what
/// nature itself takes (`EmulatorBenchmark`).
final class Pairs {
  /// Stamps older than this are refused, so no command can name a pair that was forgotten.
  static final long MEMORY_FRAMES = 4 * NetworkTime.PICOS_PER_SECOND / NetworkTime.FRAME_PICOS;

  private final SequencedMap<PairId, LivePair> byId = new LinkedHashMap<>();

  @Nullable LivePair find(PairId id) {
    return byId.get(id);
  }

  void add(LivePair pair) {
    byId.put(pair.id, pair);
  }

  /// To be called when `half` has ended: drops every name that led to it, where the other half of
  /// that pair has ended too.
  void drop(Half half) {
    for (LivePair pair = half.pair(); pair != null; pair = pair.formerOf(half)) {
      if (!pair.otherThan(half).isHeld()) {
        byId.remove(pair.id);
      }
    }
  }

  /// Forgets pairs that were added more than the memory before `frameNow`; those that are kept are
  /// looked at again as long after.
  void forgetUntil(long frameNow) {
    List<LivePair> lasting = new ArrayList<>();
    Iterator<LivePair> oldest = byId.values().iterator();
    while (oldest.hasNext()) {
      LivePair pair = oldest.next();
      if (pair.addedInFrame + MEMORY_FRAMES >= frameNow) {
        break;
      }
      oldest.remove();
      if (pair.isKept() && pair.lastUse().frame() + MEMORY_FRAMES >= frameNow) {
        lasting.add(pair);
      } else {
        forget(pair, pair.one());
        forget(pair, pair.two());
      }
    }
    for (LivePair pair : lasting) {
      pair.addedInFrame = frameNow;
      byId.put(pair.id, pair);
    }
  }

  private static void forget(LivePair pair, Half half) {
    if (pair.holds(half)) {
      half.holder.forgot(half);
    }
  }

  /// All pairs, oldest first.
  void forEach(Consumer<LivePair> visitor) {
    byId.values().forEach(visitor);
  }

  int size() {
    return byId.size();
  }
}
