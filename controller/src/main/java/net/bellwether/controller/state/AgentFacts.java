package net.bellwether.controller.state;

import java.util.List;
import net.bellwether.topology.time.NetworkTime;

/// What an agent says of itself when it connects. `keyEndpoint` is empty where it serves no
/// consumers.
public record AgentFacts(
    String version,
    int communicationQubits,
    int memoryQubits,
    List<String> links,
    String driver,
    String peerEndpoint,
    String keyEndpoint,
    NetworkTime networkTime) {
  public AgentFacts {
    links = List.copyOf(links);
  }
}
