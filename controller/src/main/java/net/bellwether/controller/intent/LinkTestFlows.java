package net.bellwether.controller.intent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
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

  /// `state` with the test flows that its topology asks for. Test flows that are gone stay listed,
  /// empty, so that their generations are never numbered alike again.
  public static ControlState wanted(ControlState state) {
    Network network = state.findNetwork().orElse(null);
    if (network == null) {
      return state;
    }
    NetworkView declared = NetworkView.declared(network);
    Map<FlowId, SequencedMap<NodeId, RuleSet>> wanted = LinkTests.compileAll(declared, 1);
    Map<FlowId, Purpose.LinkTest> purposes = new TreeMap<>();
    for (LinkMode mode : declared.linkModes()) {
      purposes.put(
          LinkTests.flowId(mode.link(), mode.mode()),
          new Purpose.LinkTest(mode.link(), mode.mode()));
    }
    List<Flow> changed = new ArrayList<>();
    for (Flow flow : state.flows().values()) {
      boolean test = !state.sessions().containsKey(flow.id()) && !wanted.containsKey(flow.id());
      if (test && flow.wanted()) {
        changed.add(flow.unwanted());
      }
    }
    for (Map.Entry<FlowId, SequencedMap<NodeId, RuleSet>> entry : wanted.entrySet()) {
      Flow flow = state.findFlow(entry.getKey()).orElseGet(() -> Flow.empty(entry.getKey()));
      Purpose.LinkTest purpose = purposes.get(entry.getKey());
      if (purpose != null && !has(flow, entry.getValue())) {
        long number = flow.lastNumber() + 1;
        changed.add(
            flow.withTarget(
                new Generation(number, purpose, numbered(entry.getValue(), number), 0)));
      }
    }
    return changed.isEmpty() ? state : state.withFlows(changed);
  }

  private static boolean has(Flow flow, SequencedMap<NodeId, RuleSet> wanted) {
    return flow.wanted()
        && flow.findTarget()
            .filter(target -> target.ruleSets().equals(numbered(wanted, target.number())))
            .isPresent();
  }

  private static SequencedMap<NodeId, RuleSet> numbered(
      SequencedMap<NodeId, RuleSet> ruleSets, long number) {
    SequencedMap<NodeId, RuleSet> result = new LinkedHashMap<>();
    ruleSets.forEach((node, rules) ->
        result.put(
            node,
            new RuleSet(
                rules.flow(),
                number,
                node,
                rules.rounds(),
                rules.rules(),
                rules.peerLatencyPicos())));
    return result;
  }
}
