package net.bellwether.topology.graph;

/// Which nodes are joined so far: disjoint sets with path halving.
public final class Components {
  private final int[] parent;
  private int count;

  public Components(int nodes) {
    parent = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      parent[i] = i;
    }
    count = nodes;
  }

  /// Joins the components of both; false where they were one already.
  public boolean join(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    if (rootA == rootB) {
      return false;
    }
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    count--;
    return true;
  }

  public boolean areJoined(int a, int b) {
    return root(a) == root(b);
  }

  public int count() {
    return count;
  }

  private int root(int node) {
    int at = node;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
