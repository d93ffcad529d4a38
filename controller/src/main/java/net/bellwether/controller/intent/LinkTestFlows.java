package net.bellwether.controller.intent;

import java.util.LinkedHashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.scheduler.LinkTests;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;

/// The test flows of every link and mode. They follow the topology: one whose rules would be others
/// gets a further generation, one whose link mode is gone is removed.
public final class LinkTestFlows {
  private LinkTestFlows() {}
}
