package net.bellwether.scheduler.judge;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.pair.PurificationProtocol;

/// Every tree of at most `maxLeaves` leaves, by their number, that costs no more than the best
/// found so far lets a better one cost. What cannot become a part of such a tree is not kept; with
/// `undominated`, neither is what another tree outdoes in every respect.
final class Enumeration {
  private static final int SWAP = 1 << 4;
  private static final int PURIFY = 2 << 4;

  /// Trees are sorted by cost in single precision; beyond this no later one is cheaper.
  private static final double ORDER_TOLERANCE = 1 + 1e-6;

  private final Setting setting;
  private final States states;
  private final int maxLeaves;
  private final boolean undominated;
  private final Contest contest;
  private final long budget;
  private final Trees[][] lists;
  private final double[] made;
  private long tried;
  private int winnerLeaves;
  private int winner = -1;

  Enumeration(
      Setting setting,
      States states,
      int maxLeaves,
      boolean undominated,
      Contest contest,
      long budget) {
    this.setting = setting;
    this.states = states;
    this.maxLeaves = maxLeaves;
    this.undominated = undominated;
    this.contest = contest;
    this.budget = budget;
    made = new double[states.width()];
    lists =
        Stream.generate(() ->
                IntStream.rangeClosed(0, maxLeaves)
                    .mapToObj(_ -> new Trees(states.width()))
                    .toArray(Trees[]::new))
            .limit(setting.spans())
            .toArray(Trees[][]::new);
  }

  /// Whether it came to its end within its budget of trees tried.
  boolean run() {
    for (int leaves = 1; leaves <= maxLeaves; leaves++) {
      for (int u = 0; u < setting.nodeCount; u++) {
        for (int v = u + 1; v < setting.nodeCount; v++) {
          int span = setting.span(u, v);
          if (leaves + setting.stepsBeyond(span) <= maxLeaves) {
            build(span, leaves);
          }
          if (tried > budget) {
            return false;
          }
        }
      }
    }
    return true;
  }

  long tried() {
    return tried;
  }

  Optional<Plan> winner() {
    return winner < 0
        ? Optional.empty()
        : Optional.of(plan(setting.root(), winnerLeaves, winner, setting.from, setting.to));
  }

  private void build(int span, int leaves) {
    if (leaves == 1) {
      generate(span);
    } else {
      purify(span, leaves);
      swap(span, leaves);
    }
    Trees sorted = lists[span][leaves].sorted();
    lists[span][leaves] = undominated ? undominated(span, leaves, sorted) : sorted;
    if (span == setting.root()) {
      hold(leaves);
    }
  }

  private void generate(int span) {
    for (int leaf = 0; leaf < setting.leafCost.length; leaf++) {
      if (setting.leafSpan[leaf] == span) {
        states.put(setting.leaves.get(leaf).state(), made, 0);
        keep(span, 1, setting.leafCost[leaf], setting.leafBits[leaf], 1, 0, leaf, leaf);
      }
    }
  }

  private void purify(int span, int leaves) {
    boolean nested = setting.instance.planClass() == PlanClass.NESTED;
    for (int left = 1; left < leaves; left++) {
      if (nested && 2 * left != leaves) {
        continue;
      }
      Trees kept = lists[span][left];
      Trees sacrificed = lists[span][leaves - left];
      for (int one = 0; one < kept.size && tried <= budget; one++) {
        int last = nested ? one + 1 : sacrificed.size;
        for (int two = nested ? one : 0; two < last; two++) {
          if (tooDear(span, kept.cost[one] + sacrificed.cost[two])) {
            break;
          }
          purify(span, leaves, left, one, two);
        }
      }
    }
  }

  private void purify(int span, int leaves, int left, int one, int two) {
    Trees kept = lists[span][left];
    Trees sacrificed = lists[span][leaves - left];
    for (int protocol = 0; protocol < states.protocols(); protocol++) {
      double success =
          states.purify(
              kept.state,
              one * states.width(),
              sacrificed.state,
              two * states.width(),
              setting.low(span),
              setting.high(span),
              protocol,
              made);
      keep(
          span,
          leaves,
          (kept.cost[one] + sacrificed.cost[two]) / success,
          kept.visits[one] & sacrificed.visits[two],
          Math.max(kept.hops[one], sacrificed.hops[two]),
          PURIFY | protocol << 6 | left << 8,
          one,
          two);
    }
  }

  private void swap(int span, int leaves) {
    for (int node = 0; node < setting.nodeCount; node++) {
      if (!setting.swaps[node] || node == setting.low(span) || node == setting.high(span)) {
        continue;
      }
      double success = setting.operations[node].swapSuccessProbability();
      for (int left = 1; left < leaves; left++) {
        Trees lower = lists[setting.span(setting.low(span), node)][left];
        Trees upper = lists[setting.span(node, setting.high(span))][leaves - left];
        for (int one = 0; one < lower.size && tried <= budget; one++) {
          for (int two = 0; two < upper.size; two++) {
            double cost = setting.joined(lower.cost[one], upper.cost[two]) / success;
            if (tooDear(span, cost)) {
              break;
            }
            states.swap(
                lower.state, one * states.width(), upper.state, two * states.width(), node, made);
            keep(
                span,
                leaves,
                cost,
                lower.visits[one] | upper.visits[two] | setting.nodeBit[node],
                lower.hops[one] + upper.hops[two],
                SWAP | node | left << 8,
                one,
                two);
          }
        }
      }
    }
  }

  private boolean tooDear(int span, double cost) {
    return setting.costWith(span, cost) > contest.bound() * ORDER_TOLERANCE;
  }

  /// Takes the tree whose state is `made`, if it may be a part of a better plan.
  private void keep(
      int span, int leaves, double cost, int visits, int hops, int how, int first, int second) {
    tried++;
    if (setting.costWith(span, cost) <= contest.bound()
        && hops + setting.stepsBeyond(span) <= setting.instance.maxHops()) {
      lists[span][leaves].add(cost, made, visits, hops, how, first, second);
    }
  }

  private void hold(int leaves) {
    Trees trees = lists[setting.root()][leaves];
    for (int tree = 0; tree < trees.size; tree++) {
      boolean visitsAll = (trees.visits[tree] & setting.required) == setting.required;
      int at = tree * states.width();
      if (visitsAll && contest.enter(trees.cost[tree], trees.state, at)) {
        winner = tree;
        winnerLeaves = leaves;
      }
    }
  }

  private Trees undominated(int span, int leaves, Trees sorted) {
    Trees front = new Trees(states.width());
    double[] scratch = new double[states.width()];
    for (int tree = 0; tree < sorted.size; tree++) {
      double fidelity = states.fidelity(sorted.state, tree * states.width());
      boolean outdone = false;
      for (Trees list : List.of(lists[span]).subList(1, leaves)) {
        outdone |=
            list.outdo(states, sorted.cost[tree], fidelity, sorted.visits[tree], sorted.hops[tree]);
      }
      if (!outdone
          && !front.outdo(
              states, sorted.cost[tree], fidelity, sorted.visits[tree], sorted.hops[tree])) {
        sorted.copy(tree, scratch, front);
      }
    }
    return front;
  }

  private Plan plan(int span, int leaves, int tree, int left, int right) {
    Trees trees = lists[span][leaves];
    int how = trees.how[tree];
    int one = trees.first[tree];
    int two = trees.second[tree];
    int part = how >> 8;
    if (leaves == 1) {
      LinkMode mode = setting.leaves.get(one);
      return new Plan.Generate(
          mode.link(), mode.mode(), setting.ids.get(left), setting.ids.get(right));
    }
    if ((how & PURIFY) != 0) {
      return new Plan.Purify(
          plan(span, part, one, left, right),
          plan(span, leaves - part, two, left, right),
          ((how >> 6) & 1) == 0 ? PurificationProtocol.BBPSSW : PurificationProtocol.DEJMPS);
    }
    int node = how & (SWAP - 1);
    int low = setting.low(span);
    int lowerSpan = setting.span(low, node);
    int upperSpan = setting.span(node, setting.high(span));
    return left == low
        ? new Plan.Swap(
            plan(lowerSpan, part, one, left, node),
            plan(upperSpan, leaves - part, two, node, right),
            setting.ids.get(node))
        : new Plan.Swap(
            plan(upperSpan, leaves - part, two, left, node),
            plan(lowerSpan, part, one, node, right),
            setting.ids.get(node));
  }
}
