package net.bellwether.scheduler.solver;

import java.util.Arrays;

/// Pairs of nodes that have labels, by number, in an open-addressed table.
final class Spans {
  private long[] keys = new long[1024];
  private int[] numbers = new int[1024];
  private int[] filled = new int[1024];
  private int run;
  private int count;

  /// The best Werner parameter of the processed labels of a span.
  double[] best = new double[512];

  /// The same with what only stands in for others.
  double[] bestAny = new double[512];

  /// The newest processed label of a span, -1 where there is none.
  int[] newest = new int[512];

  void clear() {
    run++;
    count = 0;
  }

  int count() {
    return count;
  }

  /// The number of a span, or -1 where it has no label yet.
  int find(int u, int v) {
    long key = key(u, v);
    int mask = keys.length - 1;
    int at = hash(key) & mask;
    while (filled[at] == run) {
      if (keys[at] == key) {
        return numbers[at];
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  int findOrAdd(int u, int v) {
    int found = find(u, v);
    if (found >= 0) {
      return found;
    }
    if (2 * count >= keys.length) {
      grow();
    }
    insert(key(u, v), count);
    if (count == best.length) {
      best = Arrays.copyOf(best, 2 * count);
      bestAny = Arrays.copyOf(bestAny, 2 * count);
      newest = Arrays.copyOf(newest, 2 * count);
    }
    best[count] = 0;
    bestAny[count] = 0;
    newest[count] = -1;
    return count++;
  }

  private void insert(long key, int number) {
    int mask = keys.length - 1;
    int at = hash(key) & mask;
    while (filled[at] == run) {
      at = (at + 1) & mask;
    }
    filled[at] = run;
    keys[at] = key;
    numbers[at] = number;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    int[] oldFilled = filled;
    keys = new long[2 * oldKeys.length];
    numbers = new int[keys.length];
    filled = new int[keys.length];
    int oldRun = run;
    run = 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldFilled[i] == oldRun) {
        insert(oldKeys[i], oldNumbers[i]);
      }
    }
  }

  private static long key(int u, int v) {
    return u < v ? ((long) u << 32) | v : ((long) v << 32) | u;
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) ^ (int) (mixed >>> 20);
  }
}
