package net.bellwether.scheduler.solver;

import java.util.Arrays;
import net.bellwether.scheduler.view.LinkMode;

/// The fewest links between two nodes, searched from both ends.
final class Hops {
  private final int[] seenFrom;
  private final int[] seenTo;
  private int[] queue = new int[64];
  private int[] nextQueue = new int[64];
  private int[] otherQueue = new int[64];
  private int run;

  Hops(int nodes) {
    seenFrom = new int[nodes];
    seenTo = new int[nodes];
  }

  /// Which links a path may take.
  enum Over {
    /// Those that make entangled pairs.
    USEFUL,
    /// Those that make pairs of any state.
    MAKING,
    /// All, also those that make no pairs now.
    ALL
  }

  /// Links on the shortest path, or more than `limit` where there is none within it.
  int between(Usable usable, int limit, Over over) {
    run++;
    int[] front = queue;
    int[] back = otherQueue;
    int[] spare = nextQueue;
    front[0] = usable.from;
    back[0] = usable.to;
    int frontSize = 1;
    int backSize = 1;
    seenFrom[usable.from] = run;
    seenTo[usable.to] = run;
    boolean forward = true;
    int[] mine = seenFrom;
    int[] others = seenTo;
    for (int hops = 1; hops <= limit && frontSize > 0; hops++) {
      int size = 0;
      for (int i = 0; i < frontSize; i++) {
        int node = front[i];
        int end = usable.snapshot.firstArc(node + 1);
        for (int arc = usable.snapshot.firstArc(node); arc < end; arc++) {
          int next = usable.snapshot.arcTo(arc);
          int link = usable.snapshot.arcLink(arc);
          if (mine[next] == run || !usable.mayCross(link, next) || !serves(usable, link, over)) {
            continue;
          }
          if (others[next] == run) {
            keep(front, back, spare);
            return hops;
          }
          mine[next] = run;
          if (!usable.isEnd(next)) {
            if (size == spare.length) {
              spare = Arrays.copyOf(spare, 2 * size);
            }
            spare[size++] = next;
          }
        }
      }
      int[] emptied = front;
      front = spare;
      frontSize = size;
      spare = emptied;
      if (backSize < frontSize) {
        int[] swapped = front;
        front = back;
        back = swapped;
        int swappedSize = frontSize;
        frontSize = backSize;
        backSize = swappedSize;
        forward = !forward;
        mine = forward ? seenFrom : seenTo;
        others = forward ? seenTo : seenFrom;
      }
    }
    keep(front, back, spare);
    return limit == Integer.MAX_VALUE ? limit : limit + 1;
  }

  private void keep(int[] one, int[] two, int[] three) {
    queue = one;
    otherQueue = two;
    nextQueue = three;
  }

  private static boolean serves(Usable usable, int link, Over over) {
    NetworkSnapshot snapshot = usable.snapshot;
    for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
      boolean serves =
          switch (over) {
            case USEFUL -> snapshot.rate(mode) > 0;
            case MAKING -> {
              LinkMode origin = snapshot.origin(mode);
              yield origin.attemptSuccessProbability() > 0 && origin.freeShare() > 0;
            }
            case ALL -> true;
          };
      if (serves) {
        return true;
      }
    }
    return false;
  }
}
