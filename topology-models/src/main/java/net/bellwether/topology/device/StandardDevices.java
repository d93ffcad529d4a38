package net.bellwether.topology.device;

import java.util.List;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.LinkPhysics;

/// The devices of networks that nobody measured: nodes of `operations` that are all of one make,
/// and single-click links over telecom fibre. A pure function of its arguments.
public record StandardDevices(Operations operations) {
  /// Noisy enough that purification pays, good enough that it can: the setting of the planner's
  /// published comparisons.
  public static final StandardDevices DEFAULT =
      new StandardDevices(new Operations(0.99, 0.005, 0.99));

  /// Longest link a station in the middle still serves: 12 dB to either side. At the highest
  /// fidelity one attempt in 6,000 succeeds, far above the dark counts.
  public static final double LENGTH_MAX_KM = 120;

  public static final double FIDELITY_MIN = 0.90;

  /// What interference of 0.99 leaves room for.
  public static final double FIDELITY_MAX = 0.995;

  private static final double ATTENUATION_DB_PER_KM = 0.2;
  private static final double LENGTH_STEPS_PER_KM = 1e3;
  private static final double INTENSITY_STEPS = 1e6;
  private static final double FIDELITY_TOLERANCE = 2e-6;

  /// Each step leaves less than half of the error, from an error below 0.1.
  private static final int STEPS_MAX = 40;

  private static final int CHANNELS = 8;
  private static final int MEMORY_MODES = 8;
  private static final double ATTEMPT_RATE_HZ = 1e6;
  private static final Heralding CLICK = new Heralding.SingleClick(0.5, 0.5, 0.99, 10, 1e-9);

  /// A node with qubits for `links` links at work side by side.
  public Node node(NodeId id, NodeRole role, int links) {
    int count = Math.multiplyExact(CHANNELS * MEMORY_MODES, Math.max(1, links));
    return new Node(id, role, new Qubits(count, 10, 1), new Qubits(count, 100, 10), operations);
  }

  /// A link whose one mode is dimmed or brightened until its pairs have `fidelity`, to 2e-6. The
  /// length is rounded to metres, at least one.
  ///
  /// Throws IllegalArgumentException where no intensity gives that fidelity over that length.
  public Link link(LinkId id, NodeId a, NodeId b, double lengthKm, double fidelity) {
    if (!(fidelity > 0.5 && fidelity < 1)) {
      throw new IllegalArgumentException("fidelity (" + fidelity + ") must be in (0.5, 1)");
    }
    double metres = Math.max(1, Math.rint(lengthKm * LENGTH_STEPS_PER_KM));
    Medium fiber = new Medium.Fiber(metres / LENGTH_STEPS_PER_KM, ATTENUATION_DB_PER_KM);
    return with(
        new Link(
            id,
            a,
            b,
            fiber,
            CLICK,
            ATTEMPT_RATE_HZ,
            CHANNELS,
            MEMORY_MODES,
            List.of(new GenerationMode("only", 1 - fidelity))),
        fidelity);
  }

  /// The fidelity of single click is about 1 minus its intensity and falls with a slope near -1
  /// \[hermans2023\], so adding what is left over closes in on the intensity.
  private static Link with(Link link, double fidelity) {
    double intensity = 1 - fidelity;
    for (int step = 0; step < STEPS_MAX; step++) {
      Link tried = tuned(link, intensity);
      double excess = LinkPhysics.of(tried, tried.modes().getFirst()).state().fidelity() - fidelity;
      if (Math.abs(excess) < FIDELITY_TOLERANCE) {
        return tried;
      }
      intensity = Math.clamp(intensity + excess, 0, 0.5);
    }
    throw new IllegalArgumentException(
        "fidelity (%s) must be within reach of a single-click link of %s km\nlower it or shorten the link"
            .formatted(fidelity, link.medium().lengthKm()));
  }

  private static Link tuned(Link link, double intensity) {
    double rounded = Math.rint(intensity * INTENSITY_STEPS) / INTENSITY_STEPS;
    return new Link(
        link.id(),
        link.a(),
        link.b(),
        link.medium(),
        link.heralding(),
        link.attemptRateHz(),
        link.channels(),
        link.memoryModes(),
        List.of(new GenerationMode("only", rounded)));
  }
}
