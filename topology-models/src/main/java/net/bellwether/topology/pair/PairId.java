package net.bellwether.topology.pair;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Name of a pair, the same at both of its ends for as long as the pair lives.
public sealed interface PairId {
  /// A pair heralded on a link: the device's boot epoch and the link's running count. Both ends
  /// learn the same name from the herald.
  record Elementary(LinkId link, long epoch, long sequence) implements PairId {
    @Override
    public String toString() {
      return link + "#" + epoch + "." + sequence;
    }
  }

  /// A pair made by a swap, named by the node that swapped: its durable boot epoch and a counter.
  record Swapped(NodeId node, long bootEpoch, long counter) implements PairId {
    @Override
    public String toString() {
      return node + "@" + bootEpoch + "." + counter;
    }
  }
}
