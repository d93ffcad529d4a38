package net.bellwether.scheduler.judge;

import java.util.Arrays;
import net.bellwether.scheduler.judge.Instance.PlanClass;

/// Upper bounds on the Werner parameter of all trees, however many leaves they have: what no
/// enumeration of small trees can say.
///
/// `best(level, leaves)` is at least the w of every end-to-end tree that has `leaves` leaves or
/// more, meets what the instance requires, and whose cost divided by `step` is below `level + 1`.
/// Proof by induction over the tree. A leaf enters at the floor of its own quotient. Let the parts
/// of a purification be bounded at levels i and j, with a and b leaves or more. Purified w and
/// success grow with the w of either part, so the result is at most that of the two bounds; its
/// cost is at least (i + j) step / P, where P is the success of the two bounds, so it is entered at
/// the floor of (i + j) / P, with a + b leaves. A swap likewise, with max(i, j) or i + j over q.
/// Entries spread to higher levels, fewer leaves, fewer visits and more hops, as "at most" and "at
/// least" imply. A level is repeated until it no longer grows, then the next one follows: no entry
/// ever goes to a lower level. Growth below `GROWTH` is cut, which `MARGIN` makes up for.
///
/// Trees with a part of w at or below 0 are left out: such a part is not entangled, what it swaps
/// is not either, and what it purifies gets no purer, so that the tree without it is no worse.
///
/// With one level and an infinite step, cost does not count and it is the best attainable w.
final class Relaxation {
  /// Of w; above what a fixed point approached with steps below GROWTH may still gain.
  static final double MARGIN = 1e-9;

  private static final double GROWTH = 1e-13;
  private static final double NONE = -1;

  /// Hop limits above this are not held to; few trees notice, and the bound stays a bound.
  private static final int COUNTED_HOPS = 4;

  private final Setting setting;
  private final WernerStates states;
  private final double step;
  private final int levels;
  private final int mostLeaves;
  private final int masks;
  private final int hopLimits;
  private final double[] table;
  private boolean grown;

  Relaxation(Setting setting, WernerStates states, double step, int levels, int mostLeaves) {
    this.setting = setting;
    this.states = states;
    this.step = step;
    this.levels = levels;
    this.mostLeaves = mostLeaves;
    masks = setting.required + 1;
    int limit = setting.instance.maxHops();
    hopLimits = limit <= COUNTED_HOPS ? limit : 1;
    table = new double[levels * setting.spans() * mostLeaves * masks * hopLimits];
    Arrays.fill(table, NONE);
    enterLeaves();
    for (int level = 0; level < levels; level++) {
      if (level > 0) {
        int perLevel = table.length / levels;
        for (int at = level * perLevel; at < (level + 1) * perLevel; at++) {
          table[at] = Math.max(table[at], table[at - perLevel]);
        }
      }
      do {
        grown = false;
        grow(level);
      } while (grown);
    }
  }

  /// The bound, below 0 where there is no such tree.
  double best(int level, int leaves) {
    return table[at(level, setting.root(), leaves, masks - 1, hopLimits)];
  }

  private boolean hopsCount() {
    return setting.instance.maxHops() <= COUNTED_HOPS;
  }

  private int at(int level, int span, int leaves, int mask, int hops) {
    return (((level * setting.spans() + span) * mostLeaves + leaves - 1) * masks + mask) * hopLimits
        + hops
        - 1;
  }

  private int level(double quotient) {
    return (int) Math.min(levels, Math.floor(quotient));
  }

  private void enterLeaves() {
    for (int leaf = 0; leaf < setting.leafCost.length; leaf++) {
      double w = WernerStates.ofFidelity(setting.leaves.get(leaf).state().fidelity());
      int level = level(setting.leafCost[leaf] / step);
      for (int mask = 0; mask < masks; mask++) {
        if ((setting.leafBits[leaf] & mask) == mask) {
          enter(level, setting.leafSpan[leaf], 1, mask, 1, w, level);
        }
      }
    }
  }

  private void enter(int target, int span, int leaves, int mask, int hops, double w, int level) {
    if (target >= levels || w <= 0) {
      return;
    }
    for (int fewer = Math.min(leaves, mostLeaves); fewer >= 1; fewer--) {
      for (int more = hops; more <= hopLimits; more++) {
        int at = at(target, span, fewer, mask, more);
        if (w > table[at] + GROWTH) {
          table[at] = w;
          grown |= target == level;
        }
      }
    }
  }

  private void grow(int level) {
    for (int u = 0; u < setting.nodeCount; u++) {
      for (int v = u + 1; v < setting.nodeCount; v++) {
        int span = setting.span(u, v);
        for (int mask = 0; mask < masks; mask++) {
          for (int hops = 1; hops <= hopLimits; hops++) {
            purify(level, span, mask, hops);
            for (int node = 0; node < setting.nodeCount; node++) {
              if (setting.swaps[node] && node != u && node != v) {
                swap(level, span, mask, hops, node);
              }
            }
          }
        }
      }
    }
  }

  /// Both parts visit all of `mask` and keep to `hops`.
  private void purify(int level, int span, int mask, int hops) {
    boolean nested = setting.instance.planClass() == PlanClass.NESTED;
    for (int one = 1; one <= mostLeaves; one++) {
      double w1 = table[at(level, span, one, mask, hops)];
      if (w1 <= 0) {
        return;
      }
      // More leaves than these add nothing: "or more" covers them.
      int others = nested ? one : Math.max(1, mostLeaves - one);
      for (int two = nested ? one : 1; two <= others; two++) {
        for (int cheaper = nested ? level : 0; cheaper <= level; cheaper++) {
          double w2 = table[at(cheaper, span, two, mask, hops)];
          if (w2 > 0) {
            int u = setting.low(span);
            int v = setting.high(span);
            int target = level((level + cheaper) / states.success(w1, w2, u, v));
            double w = Math.max(states.purified(w1, w2, u, v), states.purified(w2, w1, u, v));
            enter(target, span, one + two, mask, hops, w, level);
          }
        }
      }
    }
  }

  /// The parts share the visits of `mask` out in every way.
  private void swap(int level, int span, int mask, int hops, int node) {
    int lower = setting.span(setting.low(span), node);
    int upper = setting.span(node, setting.high(span));
    int rest = mask & ~setting.nodeBit[node];
    for (int left = rest; ; left = (left - 1) & rest) {
      if (!hopsCount()) {
        swap(level, span, mask, 1, node, at(0, lower, 1, left, 1), at(0, upper, 1, rest ^ left, 1));
      }
      for (int leftHops = 1; hopsCount() && leftHops < hops; leftHops++) {
        int rightHops = hops - leftHops;
        swap(
            level,
            span,
            mask,
            hops,
            node,
            at(0, lower, 1, left, leftHops),
            at(0, upper, 1, rest ^ left, rightHops));
      }
      if (left == 0) {
        return;
      }
    }
  }

  private void swap(int level, int span, int mask, int hops, int node, int lower, int upper) {
    int perLevel = table.length / levels;
    int perLeaf = masks * hopLimits;
    double q = setting.operations[node].swapSuccessProbability();
    boolean sideBySide = setting.instance.sideBySide();
    for (int one = 1; one <= mostLeaves; one++) {
      for (int two = 1; two <= Math.max(1, mostLeaves - one); two++) {
        int first = lower + (one - 1) * perLeaf;
        int second = upper + (two - 1) * perLeaf;
        for (int cheaper = sideBySide ? level : 0; cheaper <= level; cheaper++) {
          int target = level((sideBySide ? level : level + cheaper) / q);
          if (target < levels) {
            double w1 = table[first + level * perLevel];
            double w2 = table[second + cheaper * perLevel];
            enterSwap(target, span, one + two, mask, hops, node, w1, w2, level);
            if (cheaper != level) {
              double w3 = table[first + cheaper * perLevel];
              double w4 = table[second + level * perLevel];
              enterSwap(target, span, one + two, mask, hops, node, w3, w4, level);
            }
          }
        }
      }
    }
  }

  private void enterSwap(
      int target,
      int span,
      int leaves,
      int mask,
      int hops,
      int node,
      double w1,
      double w2,
      int level) {
    if (w1 > 0 && w2 > 0) {
      enter(target, span, leaves, mask, hops, states.swap(w1, w2, node), level);
    }
  }
}
