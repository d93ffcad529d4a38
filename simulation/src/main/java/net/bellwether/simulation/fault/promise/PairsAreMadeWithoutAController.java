package net.bellwether.simulation.fault.promise;

import net.bellwether.topology.id.FlowId;

/// The data plane goes on while no controller decides: a session whose nodes and links are sound
/// goes on delivering pairs.
public final class PairsAreMadeWithoutAController extends Promise {
  /// `pairs` were delivered in `seconds` in which nothing befell the session's nodes and links and
  /// no controller changed its rules.
  public void watched(FlowId session, double seconds, long pairs) {
    require(pairs > 0, "session %s delivers nothing in %s s", session, seconds);
  }
}
