package net.bellwether.simulation.fault.client;

import net.bellwether.controller.intent.Application;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.simulation.fault.promise.WhatIsAcknowledgedIsKept;
import net.bellwether.simulation.fault.world.World;

/// Applies topologies.
public final class Operator {
  private final World world;
  private final Caller caller;
  private final WhatIsAcknowledgedIsKept acknowledged;
  private int pendingCount;

  private record Applied(boolean inForce, long revision) {}

  public Operator(World world, Caller caller, WhatIsAcknowledgedIsKept acknowledged) {
    this.world = world;
    this.caller = caller;
    this.acknowledged = acknowledged;
  }

  public int pendingCount() {
    return pendingCount;
  }

  public void apply(TopologyInForce topology, boolean replan) {
    pendingCount++;
    caller.ask(
        core ->
            new Applied(
                core.apply(topology, replan, false) instanceof Application.Applied,
                core.state().findTopology().map(TopologyInForce::revision).orElse(0L)),
        applied -> {
          pendingCount--;
          world
              .timeline()
              .add(
                  "operator",
                  "topology %s is %s",
                  topology.documentName(),
                  applied.inForce ? "in force since revision " + applied.revision : "refused");
          if (applied.inForce) {
            acknowledged.applied(applied.revision);
          }
        });
  }
}
