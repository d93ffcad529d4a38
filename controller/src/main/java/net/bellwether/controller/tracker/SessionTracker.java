package net.bellwether.controller.tracker;

import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Adds up what sessions achieve. Counts of a newer generation start afresh; key managers count
/// over the whole session, so their figures at that moment become the zero. Not thread-safe.
public final class SessionTracker {
  private static final double FRAMES_PER_SECOND =
      (double) NetworkTime.PICOS_PER_SECOND / NetworkTime.FRAME_PICOS;

  private static final class Tally {
    private long generation;
    private long pairs;
    private long frames;
    private @Nullable Stock zero;
    private @Nullable Stock last;
    private final TreeMap<NodeId, KeyCounts> counts = new TreeMap<>();

    private KeyCounts keys() {
      return counts.values().stream().reduce(KeyCounts.NONE, KeyCounts::plus);
    }
  }

  private final TreeMap<FlowId, Tally> tallies = new TreeMap<>();

  /// Pairs delivered at one of the session's ends (always the same one) in whole frames.
  public void delivered(FlowId flow, long generation, long pairs, long frames) {
    Tally tally = tallies.computeIfAbsent(flow, id -> new Tally());
    if (generation < tally.generation) {
      return;
    }
    if (generation > tally.generation) {
      tally.generation = generation;
      tally.pairs = 0;
      tally.frames = 0;
      tally.zero = tally.last;
    }
    tally.pairs += pairs;
    tally.frames += frames;
  }

  /// The state of a session's key manager; the end that has counted more is believed.
  public void stocked(FlowId flow, Stock stock) {
    Tally tally = tallies.computeIfAbsent(flow, id -> new Tally());
    Stock last = tally.last;
    if (last != null && stock.isBefore(last)) {
      return;
    }
    tally.last = stock;
    if (tally.zero == null) {
      tally.zero = stock;
    }
  }

  /// The keys that the key manager at `end` has delivered and burnt since the session began.
  public void counted(FlowId flow, NodeId end, KeyCounts counts) {
    tallies.computeIfAbsent(flow, id -> new Tally()).counts.put(end, counts);
  }

  /// Forgets sessions that are not among `live`.
  public void retain(Set<FlowId> live) {
    tallies.keySet().retainAll(live);
  }

  /// Figures of a session whose ends have these operations; empty before any telemetry.
  public Optional<Achieved> findAchieved(FlowId flow, Operations from, Operations to) {
    Tally tally = tallies.get(flow);
    if (tally == null) {
      return Optional.empty();
    }
    double seconds = tally.frames / FRAMES_PER_SECOND;
    Stock zero = tally.zero;
    Stock last = tally.last;
    if (zero == null || last == null) {
      return Optional.of(new Achieved(tally.pairs, seconds, null, 0, 0, 0, 0, tally.keys()));
    }
    long[] compared = {
      last.comparedZ() - zero.comparedZ(),
      last.comparedX() - zero.comparedX(),
      last.comparedY() - zero.comparedY()
    };
    // The two ends settle blocks at slightly different moments, hence the clamp.
    long[] errors = {
      clamp(last.errorsZ() - zero.errorsZ(), compared[0]),
      clamp(last.errorsX() - zero.errorsX(), compared[1]),
      clamp(last.errorsY() - zero.errorsY(), compared[2])
    };
    boolean allBases = compared[0] > 0 && compared[1] > 0 && compared[2] > 0;
    return Optional.of(
        new Achieved(
            tally.pairs,
            seconds,
            allBases ? StateEstimate.of(compared, errors, from, to) : null,
            ratio(errors[0], compared[0]),
            ratio(errors[1], compared[1]),
            last.distilledBits() - zero.distilledBits(),
            (last.at().frame() - zero.at().frame()) / FRAMES_PER_SECOND,
            tally.keys()));
  }

  private static long clamp(long errors, long compared) {
    return Math.clamp(errors, 0, Math.max(0, compared));
  }

  private static double ratio(long part, long whole) {
    return whole > 0 ? (double) part / whole : 0;
  }
}
