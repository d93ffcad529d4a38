package net.bellwether.agent.engine;

import java.util.List;
import net.bellwether.topology.time.NetworkTime;

/// Who takes finished pairs of the consumer KEY_DISTILLATION.
public interface DeliveredPairs {
  /// Takes `pairs`, in order of delivery. Every pair of a round that ended before `settledUntil`
  /// has been delivered by now, or never will be.
  void accept(List<DeliveredPair> pairs, NetworkTime settledUntil);
}
