package net.bellwether.wire.plan;

import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;

/// What plans are made on: a network as declared and as the planner may use it now. Immutable; good
/// for any number of questions at once.
public record PlanningGround(Network network, NetworkView view) {
  /// `network` as it is declared, with nothing held.
  public static PlanningGround declared(Network network) {
    return new PlanningGround(network, NetworkView.declared(network));
  }
}
