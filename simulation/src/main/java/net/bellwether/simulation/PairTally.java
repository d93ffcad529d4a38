package net.bellwether.simulation;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// Counts of delivered pairs, compared between both ends.
final class PairTally {
  private final long[] pairsByFrame;
  private final long firstFrame;
  private final Map<Basis, Agreement> agreements = new EnumMap<>(Basis.class);

  private static final class Agreement {
    long same;
    long different;
  }

  PairTally(long firstFrame, long frames) {
    this.firstFrame = firstFrame;
    this.pairsByFrame = new long[Math.toIntExact(frames)];
    for (Basis basis : Basis.values()) {
      agreements.put(basis, new Agreement());
    }
  }

  /// IllegalStateException where the ends do not agree on which pairs there are, or of which
  /// generation.
  void add(List<DeliveredPair> left, List<DeliveredPair> right) {
    SequencedMap<PairId, DeliveredPair> byId = new LinkedHashMap<>();
    for (DeliveredPair pair : right) {
      if (byId.put(pair.pair(), pair) != null) {
        throw new IllegalStateException("pair " + pair.pair() + " was delivered twice");
      }
    }
    for (DeliveredPair pair : left) {
      DeliveredPair other = byId.remove(pair.pair());
      if (other == null || other.generation() != pair.generation()) {
        throw new IllegalStateException(
            "pair " + pair.pair() + " was delivered at one end only, or twice, or as another");
      }
      add(pair, other);
    }
    if (!byId.isEmpty()) {
      throw new IllegalStateException(
          byId.size()
              + " pairs were delivered at one end only, first "
              + byId.firstEntry().getKey());
    }
  }

  private void add(DeliveredPair pair, DeliveredPair other) {
    pairsByFrame[Math.toIntExact(pair.time().frame() - firstFrame)]++;
    Agreement agreement = agreements.get(pair.basis());
    if (pair.basis() == other.basis() && agreement != null) {
      if (pair.bit() == other.bit()) {
        agreement.same++;
      } else {
        agreement.different++;
      }
    }
  }

  /// Frames are independent, so their scatter gives the error.
  Estimate pairsPerSecond() {
    double perSecond = NetworkTime.PICOS_PER_SECOND / (double) NetworkTime.FRAME_PICOS;
    double mean = 0;
    for (long pairs : pairsByFrame) {
      mean += (double) pairs / pairsByFrame.length;
    }
    double squares = 0;
    for (long pairs : pairsByFrame) {
      squares += (pairs - mean) * (pairs - mean);
    }
    double variance = squares / Math.max(1, pairsByFrame.length - 1) / pairsByFrame.length;
    return new Estimate(mean * perSecond, Math.sqrt(variance) * perSecond);
  }

  Estimate qber(Basis basis) {
    Agreement agreement = agreements.get(basis);
    return agreement == null
        ? Estimate.ofShare(0, 0)
        : Estimate.ofShare(agreement.different, agreement.same + agreement.different);
  }

  /// F = 1 − (e_X + e_Y + e_Z)/2 [PHYSICS, Estimating], each e without the `misread` share of
  /// outcomes that exactly one readout flipped.
  Estimate fidelity(double misread) {
    double value = 1;
    double variance = 0;
    for (Basis basis : Basis.values()) {
      Estimate qber = qber(basis);
      value -= (qber.value() - misread) / (1 - 2 * misread) / 2;
      double error = qber.standardError() / (1 - 2 * misread) / 2;
      variance += error * error;
    }
    return new Estimate(value, Math.sqrt(variance));
  }
}
