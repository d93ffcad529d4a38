package net.bellwether.simulation.fault.client;

import net.bellwether.controller.intent.Application;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.simulation.fault.promise.WhatIsAcknowledgedIsKept;

/// Applies topologies.
public final class Operator {
  private final Caller caller;
  private final WhatIsAcknowledgedIsKept acknowledged;
  private int pendingCount;

  private record Applied(boolean inForce, long revision) {
    @Override
    public String toString() {
      return inForce ? "in force since revision " + revision : "refused";
    }
  }

  public Operator(Caller caller, WhatIsAcknowledgedIsKept acknowledged) {
    this.caller = caller;
    this.acknowledged = acknowledged;
  }

  public int pendingCount() {
    return pendingCount;
  }

  public void apply(TopologyInForce topology, boolean replan) {
    pendingCount++;
    caller.ask(
        "operator applies " + topology.documentName(),
        core ->
            new Applied(
                core.apply(topology, replan, false) instanceof Application.Applied,
                core.state().findTopology().map(TopologyInForce::revision).orElse(0L)),
        applied -> {
          pendingCount--;
          if (applied.inForce) {
            acknowledged.applied(applied.revision);
          }
        });
  }
}
