package net.bellwether.scheduler.solver;

/// Takes candidates in: what is admitted and not dominated becomes a label that waits in the queue.
final class Intake {
  private final Labels labels;
  private final LabelQueue queue;
  private final Spans spans;
  private final BellStates bellStates;
  private final Pruning pruning;
  private final Dominance dominance;
  private final Requirements required;
  private final boolean bell;
  private final boolean tracked;

  Intake(Scratch scratch, Question question, Pass pass, Pruning pruning, Dominance dominance) {
    this.labels = scratch.labels;
    this.queue = scratch.queue;
    this.spans = scratch.spans;
    this.bellStates = scratch.bellStates;
    this.pruning = pruning;
    this.dominance = dominance;
    this.required = question.required;
    this.bell = question.bell;
    this.tracked = pass.tracked();
  }

  /// Of the Bell-diagonal state that was just made.
  void offerBell(int u, int v, double cost, double power, int left, int right, int how) {
    double werner = bellStates.resultWerner();
    if (werner > Werner.USELESS) {
      double loss = -StrictMath.log(Math.min(1, 2 * Werner.fidelity(werner) - 1));
      offer(u, v, cost, power, werner, loss, left, right, how);
    }
  }

  void offer(
      int u,
      int v,
      double cost,
      double power,
      double werner,
      double loss,
      int left,
      int right,
      int how) {
    if (werner > Werner.USELESS && pruning.isAdmitted(u, v, cost, power, loss)) {
      keep(u, v, cost, power, werner, loss, left, right, how);
    }
  }

  /// Takes an admitted candidate in, if it is better than what there is.
  void keep(
      int u,
      int v,
      double cost,
      double power,
      double werner,
      double loss,
      int left,
      int right,
      int how) {
    if (werner <= Werner.USELESS) {
      return;
    }
    boolean standIn = labels.standIn[left] || labels.standIn[right] || how == Labels.STAND_IN;
    int span = spans.find(u, v);
    boolean byWernerAlone = dominance.isByWernerAlone();
    if (span >= 0 && byWernerAlone && !dominance.improves(span, werner, cost, standIn)) {
      return;
    }
    if (tracked && hops(left, right, how) > required.maxHops()) {
      return;
    }
    int label = add(u, v, cost, power, werner, loss);
    labels.left[label] = left;
    labels.right[label] = right;
    labels.how[label] = how;
    labels.standIn[label] = standIn;
    if (bell) {
      bellStates.store(label);
    }
    if (tracked) {
      labels.hops[label] = hops(left, right, how);
      labels.visits[label] = visits(left, right, how);
    }
    if (span >= 0 && !byWernerAlone && dominance.isMatched(span, label)) {
      labels.count--;
      return;
    }
    queue.add(label);
  }

  private int hops(int left, int right, int how) {
    return how >= 0
        ? labels.hops[left] + labels.hops[right]
        : Math.max(labels.hops[left], labels.hops[right]);
  }

  /// A path through a swap goes through both parts, one through a purification through either.
  private int visits(int left, int right, int how) {
    return how >= 0
        ? labels.visits[left] | labels.visits[right] | required.node(how)
        : labels.visits[left] & labels.visits[right];
  }

  /// A label that does not wait yet.
  int add(int u, int v, double cost, double power, double werner, double loss) {
    labels.makeRoom(bell, tracked);
    int label = labels.count++;
    labels.u[label] = u;
    labels.v[label] = v;
    labels.cost[label] = cost;
    labels.power[label] = power;
    labels.werner[label] = werner;
    labels.loss[label] = loss;
    labels.standIn[label] = false;
    return label;
  }
}
