package net.bellwether.scheduler.judge;

import java.util.Arrays;

/// Trees over one span with one number of leaves, as growing columns. `how` says how a tree is
/// made, `first` and `second` which trees of which lists it is made of.
final class Trees {
  private final int width;
  int size;
  double[] cost = new double[4];
  double[] state;
  int[] visits = new int[4];
  int[] hops = new int[4];
  int[] how = new int[4];
  int[] first = new int[4];
  int[] second = new int[4];

  Trees(int width) {
    this.width = width;
    state = new double[4 * width];
  }

  void add(
      double treeCost, double[] treeState, int visited, int links, int made, int one, int two) {
    if (size == cost.length) {
      cost = Arrays.copyOf(cost, 2 * size);
      state = Arrays.copyOf(state, 2 * size * width);
      visits = Arrays.copyOf(visits, 2 * size);
      hops = Arrays.copyOf(hops, 2 * size);
      how = Arrays.copyOf(how, 2 * size);
      first = Arrays.copyOf(first, 2 * size);
      second = Arrays.copyOf(second, 2 * size);
    }
    cost[size] = treeCost;
    System.arraycopy(treeState, 0, state, size * width, width);
    visits[size] = visited;
    hops[size] = links;
    how[size] = made;
    first[size] = one;
    second[size] = two;
    size++;
  }

  /// The same trees, cheapest first as far as single precision tells.
  Trees sorted() {
    long[] keys = new long[size];
    for (int tree = 0; tree < size; tree++) {
      keys[tree] = ((long) Float.floatToIntBits((float) cost[tree]) << 32) | tree;
    }
    Arrays.sort(keys);
    Trees sorted = new Trees(width);
    double[] scratch = new double[width];
    for (long key : keys) {
      copy((int) key, scratch, sorted);
    }
    return sorted;
  }

  void copy(int tree, double[] scratch, Trees target) {
    System.arraycopy(state, tree * width, scratch, 0, width);
    target.add(cost[tree], scratch, visits[tree], hops[tree], how[tree], first[tree], second[tree]);
  }

  /// Whether a tree here costs no more, is as pure, visits all that and spans no more links.
  boolean outdo(States states, double treeCost, double fidelity, int visited, int links) {
    for (int tree = 0; tree < size; tree++) {
      if (cost[tree] <= treeCost
          && hops[tree] <= links
          && (visits[tree] & visited) == visited
          && states.fidelity(state, tree * width) >= fidelity) {
        return true;
      }
    }
    return false;
  }
}
