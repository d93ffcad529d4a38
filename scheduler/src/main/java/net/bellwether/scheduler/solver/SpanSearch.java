package net.bellwether.scheduler.solver;

/// All plans that can matter, cheapest first: Knuth's generalisation of Dijkstra's algorithm to
/// trees, over the spans between any two nodes, with Pareto dominance in cost and state. Exact
/// where the pass is, because every operation costs at least its arguments and is monotone.
///
/// The parts of one pass are objects of final classes that hold each other and the arrays of the
/// thread in final fields: no candidate allocates or goes through an interface.
final class SpanSearch {
  /// How a search ended.
  enum End {
    FOUND,
    EXHAUSTED,
    OUT_OF_BUDGET
  }

  final StandIns standIns;
  private final Labels labels;
  private final LabelQueue queue;
  private final Spans spans;
  private final LabelsAtNode atNode;
  private final Question question;
  private final Usable usable;
  private final Aim aim;
  private final boolean tracked;
  private final boolean standsIn;
  private final Work work;
  private final Pruning pruning;
  private final Dominance dominance;
  private final Generating generating;
  private final Swapping swapping;
  private final Purifying purifying;
  private End end = End.OUT_OF_BUDGET;

  /// In the limits that the aim has now. Labels of the search before are gone.
  SpanSearch(Scratch scratch, Question question, Pass pass, Work work) {
    this.labels = scratch.labels;
    this.queue = scratch.queue;
    this.spans = scratch.spans;
    this.atNode = scratch.atNode();
    this.question = question;
    this.usable = question.usable;
    this.aim = pass.aim();
    this.tracked = pass.tracked();
    this.standsIn = StandIns.serve(question, pass);
    this.work = work;
    this.pruning = new Pruning(question, aim, standsIn);
    this.dominance = new Dominance(scratch, question.bell, pass, work);
    Intake intake = new Intake(scratch, question, pass, pruning, dominance);
    this.generating = new Generating(scratch, question, pass, pruning, intake, work);
    this.swapping = new Swapping(scratch, question, pass, pruning, intake, work);
    this.purifying = new Purifying(scratch, question, pass, pruning, dominance, intake, work);
    this.standIns = new StandIns(scratch, question, pass, pruning, intake, work);
    labels.clear();
    queue.clear();
    spans.clear();
    atNode.clear();
  }

  /// Searches until `budget` candidates were looked at; once.
  End run(long budget) {
    end = processAll(budget);
    work.spans = spans.count();
    return end;
  }

  private End processAll(long budget) {
    long start = work.candidates;
    generating.addLinks();
    while (!queue.isEmpty()) {
      int label = queue.removeFirst();
      if (labels.cost[label] >= aim.costLimit) {
        pruning.limited = true;
        return End.EXHAUSTED;
      }
      int u = labels.u[label];
      int v = labels.v[label];
      int span = spans.findOrAdd(u, v);
      if (dominance.isDominated(span, label)) {
        continue;
      }
      boolean root = usable.isRoot(u, v);
      boolean answers = root && meetsRequirements(label);
      boolean standIn = labels.standIn[label];
      if (answers && standIn && standIns.open(label)) {
        continue;
      }
      work.labels++;
      dominance.settle(span, label);
      if (answers && !standIn && aim.take(labels, label)) {
        return End.FOUND;
      }
      purifying.purifyAll(label, span);
      if (standsIn) {
        standIns.purify(label, span);
      }
      if (!root) {
        swapping.swapAll(label, u, v);
        swapping.swapAll(label, v, u);
        atNode.append(question, labels, label, u);
        atNode.append(question, labels, label, v);
      }
      if (work.candidates - start > budget) {
        return End.OUT_OF_BUDGET;
      }
    }
    return End.EXHAUSTED;
  }

  private boolean meetsRequirements(int label) {
    return !tracked
        || (labels.hops[label] <= question.required.maxHops()
            && labels.visits[label] == question.required.everything());
  }

  End end() {
    return end;
  }

  /// Whether anything was left out because of the limits of the aim; if not, there is nothing more.
  boolean wasLimited() {
    return pruning.limited;
  }

  /// Whether all plans that were left out are bounded.
  boolean isCovered() {
    return !pruning.leftOutLong || question.nested || standsIn;
  }

  /// The best bound of all that still waits or has a stand-in.
  double openBound() {
    boolean least = aim.isLeast();
    double best = least ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < queue.size(); i++) {
      int label = queue.get(i);
      double bound = aim.bound(pruning.lengthThrough(labels, label), labels.cost[label]);
      best = least ? Math.min(best, bound) : Math.max(best, bound);
    }
    return standIns.loosened(best);
  }

  /// The finest processed label of the root, from which `Labels.older` leads to all; or -1.
  int newestOfRoot() {
    int span = spans.find(usable.from, usable.to);
    return span < 0 ? -1 : spans.newest[span];
  }
}
