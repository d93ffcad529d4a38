package net.bellwether.controller.tracker;

import java.util.ArrayDeque;
import java.util.Deque;

/// Counts of trials and hits in several classes over the recent past, in buckets of one second of
/// network time. What is looked at reaches back `MIN_SECONDS`, and further on slow links until
/// `wanted` trials are in it: a fast link shows a change within seconds, a slow one needs longer.
final class CountWindow {
  static final long MIN_SECONDS = 8;

  /// Older buckets are dropped; bounds memory, and how long a slow link remembers.
  static final long MAX_SECONDS = 300;

  @SuppressWarnings("ArrayRecordComponent") // counted up in place, never compared
  private record Bucket(long second, long[] trials, long[] hits) {}

  private final int classes;
  private final long wanted;
  private final Deque<Bucket> newestFirst = new ArrayDeque<>();

  CountWindow(int classes, long wanted) {
    this.classes = classes;
    this.wanted = wanted;
  }

  void add(long second, int index, long trials, long hits) {
    if (newestFirst.isEmpty() || newestFirst.getFirst().second() < second) {
      newestFirst.addFirst(new Bucket(second, new long[classes], new long[classes]));
    }
    // A late report joins the newest bucket: it is at most a few seconds off.
    Bucket bucket = newestFirst.getFirst();
    bucket.trials()[index] += trials;
    bucket.hits()[index] += hits;
    while (newestFirst.getLast().second() < second - MAX_SECONDS) {
      newestFirst.removeLast();
    }
  }

  /// Sums over the window that ends at `second`.
  Counts at(long second) {
    long[] trials = new long[classes];
    long[] hits = new long[classes];
    long all = 0;
    for (Bucket bucket : newestFirst) {
      long age = second - bucket.second();
      if (age > MAX_SECONDS || (age >= MIN_SECONDS && all >= wanted)) {
        break;
      }
      for (int i = 0; i < classes; i++) {
        trials[i] += bucket.trials()[i];
        hits[i] += bucket.hits()[i];
        all += bucket.trials()[i];
      }
    }
    return new Counts(trials, hits);
  }

  /// Sums by class.
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Counts(long[] trials, long[] hits) {}
}
