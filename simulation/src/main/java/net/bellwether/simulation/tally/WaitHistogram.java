package net.bellwether.simulation.tally;

import java.util.OptionalDouble;

/// How long things waited: the exact mean, and quantiles to one part in 64.
public final class WaitHistogram {
  /// Buckets an octave; 64 bits of picoseconds have that many octaves.
  private static final int STEPS = 64;

  private final long[] counts = new long[STEPS * Long.SIZE];
  private long count;
  private double sumPicos;

  /// Something waited `picos`, at least 0.
  public void add(long picos) {
    counts[bucket(picos)]++;
    count++;
    sumPicos += picos;
  }

  private static int bucket(long picos) {
    if (picos < STEPS) {
      return (int) picos;
    }
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(picos) - 6;
    return (octave + 1) * STEPS + (int) (picos >>> octave) - STEPS;
  }

  /// The largest value of a bucket.
  private static long upperPicos(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int octave = bucket / STEPS - 1;
    return ((bucket % STEPS + STEPS + 1L) << octave) - 1;
  }

  public long count() {
    return count;
  }

  /// Empty where nothing has waited.
  public OptionalDouble findMeanPicos() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumPicos / count);
  }

  /// What a `share` in (0, 1] of all waited at most; empty where nothing has waited.
  public OptionalDouble findQuantilePicos(double share) {
    long rank = (long) Math.ceil(share * count);
    long below = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      below += counts[bucket];
      if (below >= rank && below > 0) {
        return OptionalDouble.of((double) upperPicos(bucket));
      }
    }
    return OptionalDouble.empty();
  }
}
