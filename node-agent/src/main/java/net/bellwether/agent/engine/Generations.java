package net.bellwether.agent.engine;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.bellwether.topology.id.FlowId;
import org.jspecify.annotations.Nullable;

/// The generations at one node, in the order of their flows, then of their numbers. Whoever goes
/// through them sees those that were there when it began.
final class Generations implements Iterable<Generation> {
  private final TreeMap<FlowId, TreeMap<Long, Generation>> flows = new TreeMap<>();
  private List<Generation> all = List.of();

  /// The one that was asked for last: what happens mostly comes in runs of one flow.
  private @Nullable Generation recent;

  @Nullable Generation find(FlowId flow, long number) {
    Generation found = recent;
    if (found == null
        || found.program.ruleSet().generation() != number
        || !found.program.ruleSet().flow().equals(flow)) {
      TreeMap<Long, Generation> ofFlow = flows.get(flow);
      found = ofFlow == null ? null : ofFlow.get(number);
      recent = found;
    }
    return found;
  }

  /// Those of one flow, by number.
  NavigableMap<Long, Generation> of(FlowId flow) {
    TreeMap<Long, Generation> generations = flows.get(flow);
    return generations == null
        ? Collections.emptyNavigableMap()
        : Collections.unmodifiableNavigableMap(generations);
  }

  int flowCount() {
    return flows.size();
  }

  void add(Generation generation) {
    flows
        .computeIfAbsent(generation.program.ruleSet().flow(), _ -> new TreeMap<>())
        .put(generation.program.ruleSet().generation(), generation);
    changed();
  }

  void remove(Generation generation) {
    FlowId flow = generation.program.ruleSet().flow();
    TreeMap<Long, Generation> generations = flows.get(flow);
    if (generations != null) {
      generations.remove(generation.program.ruleSet().generation());
      if (generations.isEmpty()) {
        flows.remove(flow);
      }
      changed();
    }
  }

  private void changed() {
    recent = null;
    all = flows.values().stream().flatMap(each -> each.values().stream()).toList();
  }

  @Override
  public Iterator<Generation> iterator() {
    return all.iterator();
  }
}
