package net.bellwether.simulation.scenario;

import java.util.List;
import net.bellwether.topology.Network;

/// A network with its topology document, the sessions that tenants open on it, and what befalls its
/// hardware, both in the order of the file.
public record Scenario(
    String name,
    Network network,
    String topologyDocument,
    List<PlannedSession> sessions,
    List<PlannedHappening> happenings) {
  public Scenario {
    sessions = List.copyOf(sessions);
    happenings = List.copyOf(happenings);
  }
}
