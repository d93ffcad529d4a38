package net.bellwether.simulation.tally;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// Pairs delivered in one generation of a flow, compared between both ends as they come.
public final class PairTally {
  private static final double FRAMES_PER_SECOND =
      NetworkTime.PICOS_PER_SECOND / (double) NetworkTime.FRAME_PICOS;

  /// What one end has delivered and the other has not yet; looked up, never walked through.
  private final Map<PairId, Waiting> waiting = new HashMap<>();

  private final Map<Long, Long> pairsByFrame = new HashMap<>();
  private final Map<Basis, Agreement> agreements = new EnumMap<>(Basis.class);
  private long pairCount;

  private record Waiting(boolean atLeft, DeliveredPair pair) {}

  private static final class Agreement {
    private long same;
    private long different;
  }

  /// Takes in what the left end (or the right) has delivered. IllegalStateException where one end
  /// delivers a pair twice, or the two ends under different generations.
  public void add(boolean atLeft, DeliveredPair pair) {
    Waiting other = waiting.remove(pair.pair());
    if (other == null) {
      waiting.put(pair.pair(), new Waiting(atLeft, pair));
    } else if (other.atLeft == atLeft || other.pair.generation() != pair.generation()) {
      throw new IllegalStateException(
          "pair " + pair.pair() + " was delivered twice at one end, or as another at the other");
    } else {
      agree(atLeft ? pair : other.pair, atLeft ? other.pair : pair);
    }
  }

  private void agree(DeliveredPair left, DeliveredPair right) {
    pairCount++;
    pairsByFrame.merge(left.time().frame(), 1L, Long::sum);
    if (left.basis() == right.basis()) {
      Agreement agreement = agreements.computeIfAbsent(left.basis(), _ -> new Agreement());
      if (left.bit() == right.bit()) {
        agreement.same++;
      } else {
        agreement.different++;
      }
    }
  }

  /// Pairs that both ends delivered.
  public long pairCount() {
    return pairCount;
  }

  /// Pairs that one end delivered and the other has not.
  public int unmatchedCount() {
    return waiting.size();
  }

  /// Over `frames` frames, in which all pairs were made. Frames are independent, so their scatter
  /// gives the error.
  public Estimate pairsPerSecond(long frames) {
    double mean = (double) pairCount / frames;
    double squares = (frames - pairsByFrame.size()) * mean * mean;
    // Sums of doubles depend on their order, so it must not be that of hashes.
    for (long pairs :
        pairsByFrame.values().stream().mapToLong(Long::longValue).sorted().toArray()) {
      squares += (pairs - mean) * (pairs - mean);
    }
    double variance = squares / Math.max(1, frames - 1) / frames;
    return new Estimate(mean * FRAMES_PER_SECOND, Math.sqrt(variance) * FRAMES_PER_SECOND);
  }

  /// Share of the pairs measured in `basis` at both ends whose bits differ; empty where there is no
  /// such pair.
  public Optional<Estimate> findQber(Basis basis) {
    return Optional.ofNullable(agreements.get(basis))
        .map(counts -> Estimate.ofShare(counts.different, counts.same + counts.different));
  }

  /// F = 1 − (e_X + e_Y + e_Z)/2 [PHYSICS, Estimating], each e without the `misread` share of
  /// outcomes that exactly one readout flipped; empty before all three bases have been compared.
  public Optional<Estimate> findFidelity(double misread) {
    double value = 1;
    double variance = 0;
    for (Basis basis : Basis.values()) {
      Optional<Estimate> qber = findQber(basis);
      if (qber.isEmpty()) {
        return Optional.empty();
      }
      value -= (qber.get().value() - misread) / (1 - 2 * misread) / 2;
      double error = qber.get().standardError() / (1 - 2 * misread) / 2;
      variance += error * error;
    }
    return Optional.of(new Estimate(value, Math.sqrt(variance)));
  }
}
