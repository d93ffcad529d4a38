package net.bellwether.wire.plan;

import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;

/// What plans are made on: a network as declared, as the planner may use it now, and that once more
/// as the solver reads it. Immutable; good for any number of questions at once.
public record PlanningGround(Network network, NetworkView view, NetworkSnapshot snapshot) {
  public static PlanningGround of(Network network, NetworkView view) {
    return new PlanningGround(network, view, NetworkSnapshot.of(view));
  }

  /// `network` as it is declared, with nothing held.
  public static PlanningGround declared(Network network) {
    return of(network, NetworkView.declared(network));
  }
}
