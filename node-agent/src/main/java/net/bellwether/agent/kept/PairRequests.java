package net.bellwether.agent.kept;

import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;

/// What applications ask of the node; the answers come as events. Calls may wait.
public interface PairRequests {
  void measure(PairId pair, Direction direction);

  void release(PairId pair);
}
