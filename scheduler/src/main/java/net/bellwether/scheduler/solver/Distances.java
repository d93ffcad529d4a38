package net.bellwether.scheduler.solver;

import java.util.Arrays;

/// Shortest distances from one node, found as far as they are wanted (Dijkstra). Kept for reuse: a
/// new start costs nothing per node.
final class Distances {
  static final Distances NONE = new Distances(0);

  private final double[] distance;
  private final int[] previous;
  private final int[] seen;
  private final int[] place;
  private int[] heap = new int[64];
  private int heapSize;
  private int[] settled = new int[64];
  private int settledCount;
  private int run;
  private double radius;

  Distances(int nodes) {
    distance = new double[nodes];
    previous = new int[nodes];
    seen = new int[nodes];
    place = new int[nodes];
  }

  /// Settles the nodes of a shortest path towards the source of `other`, whose distances are known
  /// from there.
  void adopt(int[] path, int count, Distances other, double total) {
    run++;
    heapSize = 0;
    settledCount = 0;
    radius = 0;
    for (int i = 0; i < count; i++) {
      int node = path[i];
      seen[node] = run;
      place[node] = -1;
      distance[node] = other.isSettled(node) ? Math.max(0, total - other.distance[node]) : 0;
      settle(node);
    }
  }

  void start(int source) {
    run++;
    heapSize = 0;
    settledCount = 0;
    radius = 0;
    reach(source, 0, -1);
  }

  /// Settles nodes in the order of their distance until `target` is settled. Nodes whose distance
  /// and `other` distance together reach `limit` are of no interest.
  void extend(Usable usable, Lengths lengths, int target, Distances other, double limit) {
    NetworkSnapshot snapshot = usable.snapshot;
    boolean pruned = limit < Double.POSITIVE_INFINITY;
    while (heapSize > 0) {
      if (target >= 0 && isSettled(target)) {
        return;
      }
      int node = removeFirst();
      double here = distance[node];
      radius = here;
      settle(node);
      if (settledCount > 1 && usable.isEnd(node)) {
        continue;
      }
      int end = snapshot.firstArc(node + 1);
      for (int arc = snapshot.firstArc(node); arc < end; arc++) {
        int next = snapshot.arcTo(arc);
        int link = snapshot.arcLink(arc);
        if (isSettled(next) || !usable.mayCross(link, next)) {
          continue;
        }
        double there = here + lengths.length(node, next, link);
        if (there < limit && (!pruned || there + other.atLeast(next) < limit)) {
          reach(next, there, node);
        }
      }
    }
    if (target < 0) {
      radius = Double.POSITIVE_INFINITY;
    }
  }

  /// The distance where it is known, and what it is at least where it is not.
  double atLeast(int node) {
    return isSettled(node) ? distance[node] : radius;
  }

  boolean isSettled(int node) {
    return seen[node] == run && place[node] < 0;
  }

  boolean isExhausted() {
    return heapSize == 0;
  }

  int settledCount() {
    return settledCount;
  }

  int settled(int i) {
    return settled[i];
  }

  /// The node before `node` on its shortest path, -1 at the source.
  int previous(int node) {
    return previous[node];
  }

  private void settle(int node) {
    if (settledCount == settled.length) {
      settled = Arrays.copyOf(settled, 2 * settledCount);
    }
    settled[settledCount++] = node;
  }

  private void reach(int node, double there, int from) {
    if (seen[node] != run) {
      seen[node] = run;
      place[node] = heapSize;
      if (heapSize == heap.length) {
        heap = Arrays.copyOf(heap, 2 * heapSize);
      }
      heap[heapSize++] = node;
    } else if (there >= distance[node]) {
      return;
    }
    distance[node] = there;
    previous[node] = from;
    rise(place[node], node);
  }

  private void rise(int at, int node) {
    int i = at;
    while (i > 0) {
      int parent = (i - 1) >> 2;
      if (!isBefore(node, heap[parent])) {
        break;
      }
      put(i, heap[parent]);
      i = parent;
    }
    put(i, node);
  }

  private int removeFirst() {
    int first = heap[0];
    place[first] = -1;
    int moved = heap[--heapSize];
    if (heapSize > 0) {
      int i = 0;
      while (true) {
        int child = 4 * i + 1;
        if (child >= heapSize) {
          break;
        }
        int last = Math.min(child + 4, heapSize);
        int least = child;
        for (int each = child + 1; each < last; each++) {
          if (isBefore(heap[each], heap[least])) {
            least = each;
          }
        }
        if (!isBefore(heap[least], moved)) {
          break;
        }
        put(i, heap[least]);
        i = least;
      }
      put(i, moved);
    }
    return first;
  }

  private void put(int at, int node) {
    heap[at] = node;
    place[node] = at;
  }

  private boolean isBefore(int one, int other) {
    return distance[one] != distance[other] ? distance[one] < distance[other] : one < other;
  }
}
