package net.bellwether.controller.tracker;

import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.rules.BasisPolicy;

/// Brings together the two outcomes of each test pair, which arrive in separate reports. What waits
/// for its other end stands in two tables; when the younger is full, the older is given up and the
/// younger takes its place. So memory follows what is under way, and an outcome whose other end
/// never comes goes in time.
///
/// An outcome costs no object, and 10 ns of processor time where a map of objects took 20.
final class TestMatcher {
  /// Outcomes that wait at most; half of that at least. At 2,000 test pairs a second this is half a
  /// minute.
  static final int PENDING_MAX = 65_536;

  /// A table that is full and younger than this grows, to at most half of `PENDING_MAX`; an older
  /// one is followed by a new one.
  private static final long YOUNG_SECONDS = 15;

  private static final int PENDING_FIRST = 64;
  private static final int BASES = 3;
  private static final BasisPolicy.BySequence BY_SEQUENCE = new BasisPolicy.BySequence();

  private PendingOutcomes younger = new PendingOutcomes(PENDING_FIRST);
  private PendingOutcomes older = new PendingOutcomes(PENDING_FIRST);
  private long youngerSinceSecond = Long.MIN_VALUE / 2;
  private long epoch;

  /// Pairs compared and in error by place of their basis.
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Comparisons(long[] pairs, long[] errors) {
    long pairs(int basisIndex) {
      return pairs[basisIndex];
    }

    long errors(int basisIndex) {
      return errors[basisIndex];
    }
  }

  /// Takes outcomes of one end, reported in `second`, and compares those whose other end is there.
  /// Outcomes of another epoch than the last are of a device that has started anew: what waited for
  /// them is given up.
  Comparisons match(long ofEpoch, OutcomeFrame outcomes, boolean fromB, long second) {
    if (ofEpoch != epoch) {
      epoch = ofEpoch;
      younger = new PendingOutcomes(PENDING_FIRST);
      older = new PendingOutcomes(PENDING_FIRST);
    }
    Comparisons compared = new Comparisons(new long[BASES], new long[BASES]);
    OutcomeFrame.Cursor cursor = outcomes.cursor();
    while (cursor.next()) {
      int other = take(cursor.sequence(), fromB);
      if (other == PendingOutcomes.NONE) {
        add(cursor.sequence(), fromB, cursor.bit(), second);
      } else {
        int index = StateEstimate.index(BY_SEQUENCE.basis(cursor.sequence()));
        compared.pairs[index]++;
        compared.errors[index] += other ^ cursor.bit();
      }
    }
    return compared;
  }

  private int take(long sequence, boolean fromB) {
    int found = younger.take(sequence, !fromB);
    return found == PendingOutcomes.NONE ? older.take(sequence, !fromB) : found;
  }

  private void add(long sequence, boolean fromB, int bit, long second) {
    if (younger.isFull()) {
      boolean soon = second - youngerSinceSecond < YOUNG_SECONDS;
      if (soon && younger.capacity() < PENDING_MAX / 2) {
        younger = younger.grown();
      } else {
        older = younger;
        younger = new PendingOutcomes(PENDING_FIRST);
        youngerSinceSecond = second;
      }
    }
    younger.put(sequence, fromB, bit);
  }

  /// Outcomes that wait.
  int pending() {
    return younger.size() + older.size();
  }
}
