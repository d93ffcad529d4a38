package net.bellwether.simulation.scenario;

/// Where topologies that a scenario only names come from.
public interface TopologyLibrary {
  /// The document named `reference`. IllegalArgumentException says why there is none, as a rule
  /// such as `must be …`.
  String document(String reference);
}
