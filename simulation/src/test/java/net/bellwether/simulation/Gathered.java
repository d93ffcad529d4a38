package net.bellwether.simulation;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.simulation.network.NodeWatch;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.topology.id.NodeId;

/// Keeps everything that a node finishes, in order.
final class Gathered implements NodeWatch {
  final List<DeliveredPair> delivered = new ArrayList<>();
  final List<TestOutcome> tested = new ArrayList<>();

  static Gathered at(NodeId node, VirtualNetwork network) {
    Gathered gathered = new Gathered();
    network.node(node).watchBy(gathered);
    return gathered;
  }

  @Override
  public void delivered(DeliveredPair pair) {
    delivered.add(pair);
  }

  @Override
  public void tested(TestOutcome outcome) {
    tested.add(outcome);
  }
}
