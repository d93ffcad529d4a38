package net.bellwether.scheduler.search;

import java.util.ArrayDeque;
import java.util.Deque;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.Purification;

/// All plans over one path: for every span, from short to long, the undominated ways to make a pair
/// over it: every mode of a single link, a swap of every way over its two parts wherever it may be
/// cut, and up to three purifications of either protocol on top.
final class TreeSearch {
  private static final int MAX_PURIFICATIONS = 3;

  /// The whole path is not combined any further, so it may have more labels than its parts.
  private static final int LABELS_OF_PATH = 256;

  private static final long COMPARISONS_PER_LABEL = 64;

  private final Question question;
  private final Graph graph;
  private final Route route;
  private final double memoryShare;

  /// Labels slower than this cannot matter any more.
  private final double slowestUseful;

  private final int labelsPerSpan;
  private final Frontier[][] spans;
  private long labels;
  private long comparisons;
  private long budget;

  TreeSearch(
      Question question,
      Graph graph,
      Route route,
      double memoryShare,
      double slowestUseful,
      int labelsPerSpan) {
    this.question = question;
    this.graph = graph;
    this.route = route;
    this.memoryShare = memoryShare;
    this.slowestUseful = slowestUseful;
    this.labelsPerSpan = labelsPerSpan;
    int links = route.edges().size();
    this.spans = new Frontier[links][links];
  }

  /// Work done: labels looked at, and comparisons with others, which are much cheaper.
  long labels() {
    return labels + comparisons / COMPARISONS_PER_LABEL;
  }

  /// The undominated ways over the whole path; stops early where `budget` labels do not suffice,
  /// and then has none.
  Frontier run(long workBudget) {
    budget = workBudget;
    int links = route.edges().size();
    for (int length = 1; length <= links; length++) {
      for (int from = 0; from + length <= links; from++) {
        int limit = length == links ? Math.max(labelsPerSpan, LABELS_OF_PATH) : labelsPerSpan;
        Frontier frontier = new Frontier(limit);
        Deque<Label> toPurify = new ArrayDeque<>();
        if (length == 1) {
          generate(from, frontier, toPurify);
        } else {
          swapAll(from, from + length - 1, frontier, toPurify);
        }
        purifyAll(from, from + length - 1, frontier, toPurify);
        spans[from][from + length - 1] = frontier;
        if (labels() > budget) {
          return new Frontier(labelsPerSpan);
        }
      }
    }
    return spans[0][links - 1];
  }

  boolean isThinned() {
    for (Frontier[] row : spans) {
      for (Frontier frontier : row) {
        if (frontier != null && frontier.isThinned()) {
          return true;
        }
      }
    }
    return false;
  }

  private void generate(int at, Frontier frontier, Deque<Label> joined) {
    NodeId left = route.nodes().get(at);
    NodeId right = route.nodes().get(at + 1);
    for (LinkMode mode : route.edges().get(at).modes()) {
      double rate =
          graph.pairsPerSecond(mode) * mode.multiplexingOf(memoryShare) / mode.multiplexing();
      var plan = new Plan.Generate(mode.link(), mode.mode(), left, right);
      offer(new Label(rate, mode.state(), 0, new Label.Making.Generated(plan)), frontier, joined);
    }
  }

  private void swapAll(int from, int to, Frontier frontier, Deque<Label> joined) {
    for (int cut = from; cut < to; cut++) {
      NodeId at = route.nodes().get(cut + 1);
      Operations operations = question.view().node(at).operations();
      for (Label left : spans[from][cut].labels()) {
        if (labels() > budget) {
          return;
        }
        for (Label right : spans[cut + 1][to].labels()) {
          double rate =
              operations.swapSuccessProbability()
                  * Math.min(left.pairsPerSecond(), right.pairsPerSecond());
          if (rate >= slowestUseful) {
            var state = left.state().swapped(right.state(), operations);
            offer(
                new Label(rate, state, 0, new Label.Making.Swapped(left, right, at)),
                frontier,
                joined);
          }
        }
      }
    }
  }

  private void purifyAll(int from, int to, Frontier frontier, Deque<Label> toPurify) {
    Operations left = question.view().node(route.nodes().get(from)).operations();
    Operations right = question.view().node(route.nodes().get(to + 1)).operations();
    while (!toPurify.isEmpty()) {
      Label label = toPurify.removeFirst();
      if (label.purifications() == MAX_PURIFICATIONS || !frontier.holds(label)) {
        continue;
      }
      for (PurificationProtocol protocol : PurificationProtocol.values()) {
        var result = Purification.purify(label.state(), label.state(), protocol, left, right);
        double rate = label.pairsPerSecond() * result.successProbability() / 2;
        if (result.successProbability() > 0) {
          var making = new Label.Making.Purified(label, protocol);
          offer(
              new Label(rate, result.state(), label.purifications() + 1, making),
              frontier,
              toPurify);
        }
      }
    }
  }

  private void offer(Label label, Frontier frontier, Deque<Label> joined) {
    labels++;
    comparisons += frontier.labels().size();
    if (label.pairsPerSecond() >= slowestUseful && frontier.offer(label)) {
      joined.addLast(label);
    }
  }
}
