package net.bellwether.agent.peer;

import java.util.List;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.topology.id.NodeId;

/// Hears what peers say.
@FunctionalInterface
public interface PeerListener {
  /// Messages of `sender`, in the order it sent them. May wait, which slows that peer down.
  void received(NodeId sender, List<PairMessage> messages);
}
