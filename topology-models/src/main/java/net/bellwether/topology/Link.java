package net.bellwether.topology;

import java.util.List;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// An elementary link. It has `channels` (wavelengths) of `memoryModes` each, so `multiplexing =
/// channels x memoryModes` modes that attempt side by side, each `attemptRateHz` times a second and
/// each holding one communication and one memory qubit at both ends. The rate of a
/// midpoint-heralded link is at most one attempt a round trip to the station.
public record Link(
    LinkId id,
    NodeId a,
    NodeId b,
    Medium medium,
    Heralding heralding,
    double attemptRateHz,
    int channels,
    int memoryModes,
    List<GenerationMode> modes) {
  public Link {
    modes = List.copyOf(modes);
    Require.positive("attemptRateHz", attemptRateHz);
    Require.atLeast("channels", channels, 1);
    Require.atLeast("memoryModes", memoryModes, 1);
    if (a.equals(b)) {
      throw new IllegalArgumentException("ends (" + a + ", " + b + ") must be two nodes");
    }
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("modes must name at least one generation mode");
    }
  }

  public int multiplexing() {
    return channels * memoryModes;
  }

  /// The same with other heralding.
  public Link with(Heralding other) {
    return new Link(id, a, b, medium, other, attemptRateHz, channels, memoryModes, modes);
  }

  /// The end that is not `node`.
  public NodeId peerOf(NodeId node) {
    return node.equals(a) ? b : a;
  }
}
