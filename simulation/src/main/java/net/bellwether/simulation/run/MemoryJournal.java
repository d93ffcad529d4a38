package net.bellwether.simulation.run;

import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.TopologyInForce;

/// Keeps the last committed state, for as long as the run lasts.
final class MemoryJournal implements Journal {
  private ControlState durable = ControlState.EMPTY;
  private long revision;

  @Override
  public ControlState load() {
    return durable;
  }

  @Override
  public ControlState commit(ControlState before, ControlState after) {
    revision++;
    durable =
        after
            .findTopology()
            .filter(topology -> topology.revision() == 0)
            .map(topology ->
                after.with(
                    new TopologyInForce(
                        topology.document(),
                        topology.documentName(),
                        topology.network(),
                        revision)))
            .orElse(after);
    return durable;
  }
}
