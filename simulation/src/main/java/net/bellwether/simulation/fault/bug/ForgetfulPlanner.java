package net.bellwether.simulation.fault.bug;

import java.util.TreeMap;
import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.topology.id.FlowId;

/// A journal that keeps everything and shows the controller no flows of sessions, so that their
/// time looks free.
public final class ForgetfulPlanner implements Journal {
  private final Journal journal;
  private final TreeMap<FlowId, Flow> hidden = new TreeMap<>();

  public ForgetfulPlanner(Journal journal) {
    this.journal = journal;
  }

  @Override
  public ControlState load() {
    hidden.clear();
    return hiding(journal.load());
  }

  @Override
  public ControlState commit(ControlState before, ControlState after) {
    return hiding(journal.commit(whole(before), whole(after)));
  }

  private ControlState whole(ControlState state) {
    ControlState whole = state;
    for (Flow flow : hidden.values()) {
      if (state.findFlow(flow.id()).isEmpty()) {
        whole = whole.with(flow);
      }
    }
    return whole;
  }

  private ControlState hiding(ControlState state) {
    ControlState shown = state;
    for (Flow flow : state.flows().values()) {
      if (state.sessions().containsKey(flow.id())) {
        hidden.put(flow.id(), flow);
        shown = shown.withoutFlow(flow.id());
      }
    }
    return shown;
  }
}
