package net.bellwether.emulator.nature;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Something that befalls the hardware and that no controller is told of. Each states what is true
/// from then on relative to the declaration, so the same happening twice is the same as once; only
/// `BreakMemories` adds up.
public sealed interface Happening {
  /// Befalls one link.
  sealed interface OfLink extends Happening {
    LinkId link();
  }

  /// Befalls one node.
  sealed interface OfNode extends Happening {
    NodeId node();
  }

  /// No attempt succeeds any more.
  record CutLink(LinkId link) implements OfLink {}

  /// Undoes everything that befell the link.
  record RepairLink(LinkId link) implements OfLink {}

  /// The success probability of an attempt is `successFactor` of the declared one, in [0, 1], and a
  /// share `whiteNoise` in [0, 1] of the pairs is maximally mixed.
  record DegradeLink(LinkId link, double successFactor, double whiteNoise) implements OfLink {
    public DegradeLink {
      requireProbability("successFactor", successFactor);
      requireProbability("whiteNoise", whiteNoise);
    }
  }

  /// The detectors of the link count `factor` times the declared dark counts, in [0, 1e9]; success
  /// probability and state follow by the model of the link.
  record RaiseDarkCounts(LinkId link, double factor) implements OfLink {
    private static final double FACTOR_MAX = 1e9;

    public RaiseDarkCounts {
      require(factor >= 0 && factor <= FACTOR_MAX, "factor", factor, "be in [0, 1e9]");
    }
  }

  /// The weight of white noise grows by `whiteNoisePerHour`, at least 0, per hour of network time,
  /// up to 1. Another drift goes on from where the last one got to; 0 halts it there.
  record DriftFidelity(LinkId link, double whiteNoisePerHour) implements OfLink {
    public DriftFidelity {
      require(
          whiteNoisePerHour >= 0 && whiteNoisePerHour < Double.POSITIVE_INFINITY,
          "whiteNoisePerHour",
          whiteNoisePerHour,
          "be at least 0 and finite");
    }
  }

  /// An eavesdropper measures a `fraction` in [0, 1] of the pairs' photons, each in one of the two
  /// key bases by chance, and sends on what was found.
  record InterceptResend(LinkId link, double fraction) implements OfLink {
    public InterceptResend {
      requireProbability("fraction", fraction);
    }
  }

  /// T1 and T2 of the node's memory are `factor` of the declared ones, in (0, 1].
  record ShortenCoherence(NodeId node, double factor) implements OfNode {
    public ShortenCoherence {
      require(factor > 0 && factor <= 1, "factor", factor, "be in (0, 1]");
    }
  }

  /// `count` more memory qubits of the node are gone, at least 1 and at most those that work. Those
  /// that hold a half of a pair when it happens are lost with it.
  record BreakMemories(NodeId node, int count) implements OfNode {
    public BreakMemories {
      require(count >= 1, "count", count, "be at least 1");
    }
  }

  /// The clock of the node's device is `offsetMillis` ahead of network time, at most an hour either
  /// way: whatever the device tells is stamped by it, and whatever it is told is taken by it. What
  /// triggers attempts runs on, so that pairs are made and the two ends disagree on when.
  record ShiftClock(NodeId node, double offsetMillis) implements OfNode {
    private static final double OFFSET_MILLIS_MAX = 3_600_000;
    private static final double PICOS_PER_MILLI = 1e9;

    public ShiftClock {
      require(
          Math.abs(offsetMillis) <= OFFSET_MILLIS_MAX,
          "offsetMillis",
          offsetMillis,
          "be in [-3600000, 3600000], an hour either way");
    }

    long offsetPicos() {
      return Math.round(offsetMillis * PICOS_PER_MILLI);
    }
  }

  /// Undoes everything that befell the node; pairs that were lost stay lost.
  record RepairNode(NodeId node) implements OfNode {}

  private static void requireProbability(String field, double value) {
    require(value >= 0 && value <= 1, field, value, "be in [0, 1]");
  }

  private static void require(boolean holds, String field, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(field + " (" + value + ") must " + rule);
    }
  }
}
