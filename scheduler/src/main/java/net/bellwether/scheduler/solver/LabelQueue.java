package net.bellwether.scheduler.solver;

import java.util.Arrays;

/// Labels in the order of their cost; of equals the one of higher fidelity, then the older one.
final class LabelQueue {
  private final Labels labels;
  private int[] heap = new int[256];
  private double[] keys = new double[256];
  private int size;

  LabelQueue(Labels labels) {
    this.labels = labels;
  }

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /// In no order.
  int get(int i) {
    return heap[i];
  }

  void add(int label) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
    }
    double key = labels.cost[label];
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >> 2;
      if (!isBefore(key, label, keys[parent], heap[parent])) {
        break;
      }
      heap[i] = heap[parent];
      keys[i] = keys[parent];
      i = parent;
    }
    heap[i] = label;
    keys[i] = key;
  }

  int removeFirst() {
    int first = heap[0];
    size--;
    int moved = heap[size];
    double key = keys[size];
    int i = 0;
    while (true) {
      int child = 4 * i + 1;
      if (child >= size) {
        break;
      }
      int last = Math.min(child + 4, size);
      int least = child;
      for (int each = child + 1; each < last; each++) {
        if (isBefore(keys[each], heap[each], keys[least], heap[least])) {
          least = each;
        }
      }
      if (!isBefore(keys[least], heap[least], key, moved)) {
        break;
      }
      heap[i] = heap[least];
      keys[i] = keys[least];
      i = least;
    }
    if (size > 0) {
      heap[i] = moved;
      keys[i] = key;
    }
    return first;
  }

  private boolean isBefore(double key, int label, double otherKey, int other) {
    if (key != otherKey) {
      return key < otherKey;
    }
    double w = labels.werner[label];
    double otherW = labels.werner[other];
    return w != otherW ? w > otherW : label < other;
  }
}
