package net.bellwether.scheduler.solver;

import java.util.Arrays;

/// Processed labels by the nodes they end at, oldest (cheapest) first: linked lists of entries. A
/// swap reads all entries of its node, so what it needs of them lies side by side.
final class LabelsAtNode {
  private int count;
  private int run;
  private final int[] filled;
  private final int[] first;
  private final int[] last;

  /// Of an entry: the next one at the same node, -1 at the end.
  int[] next = new int[0];

  int[] label = new int[0];

  /// The other end.
  int[] far = new int[0];

  double[] cost = new double[0];
  double[] werner = new double[0];
  double[] loss = new double[0];

  /// Of nodes that have entries: distances to both ends, and the share of the swap there.
  final double[] toNear;

  final double[] toFar;
  final double[] share;

  LabelsAtNode(int nodes) {
    filled = new int[nodes];
    first = new int[nodes];
    last = new int[nodes];
    toNear = new double[nodes];
    toFar = new double[nodes];
    share = new double[nodes];
  }

  void clear() {
    run++;
    count = 0;
  }

  /// The first entry of a node, or -1.
  int first(int node) {
    return filled[node] == run ? first[node] : -1;
  }

  /// Enters one end of a label.
  void append(Question question, Labels labels, int label, int node) {
    if (count == next.length) {
      grow(Math.max(256, 2 * count));
    }
    int entry = count++;
    this.label[entry] = label;
    far[entry] = labels.other(label, node);
    cost[entry] = labels.cost[label];
    werner[entry] = labels.werner[label];
    loss[entry] = labels.loss[label];
    next[entry] = -1;
    if (filled[node] == run) {
      next[last[node]] = entry;
    } else {
      filled[node] = run;
      first[node] = entry;
      toNear[node] = question.near.atLeast(node);
      toFar[node] = question.far.atLeast(node);
      share[node] = question.metric.share(node);
    }
    last[node] = entry;
  }

  private void grow(int size) {
    next = Arrays.copyOf(next, size);
    label = Arrays.copyOf(label, size);
    far = Arrays.copyOf(far, size);
    cost = Arrays.copyOf(cost, size);
    werner = Arrays.copyOf(werner, size);
    loss = Arrays.copyOf(loss, size);
  }
}
