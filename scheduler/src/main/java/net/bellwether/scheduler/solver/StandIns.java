package net.bellwether.scheduler.solver;

/// Labels that are no plans, but bounds on all plans that have a part which was left out because it
/// was too long; and the best value that such a plan could have.
final class StandIns {
  private final Labels labels;
  private final Spans spans;
  private final Question question;
  private final NetworkSnapshot snapshot;
  private final boolean tracked;
  private final Aim aim;
  private final Pruning pruning;
  private final Intake intake;
  private final Work work;
  private final LeftOut leftOut;
  private double openValue = Double.NaN;

  StandIns(
      Scratch scratch, Question question, Pass pass, Pruning pruning, Intake intake, Work work) {
    this.labels = scratch.labels;
    this.spans = scratch.spans;
    this.question = question;
    this.snapshot = question.usable.snapshot;
    this.tracked = pass.tracked();
    this.aim = pass.aim();
    this.pruning = pruning;
    this.intake = intake;
    this.work = work;
    this.leftOut = new LeftOut(question.metric);
  }

  /// Whether a search makes them. There are none for Bell-diagonal states, of which lengths do not
  /// tell enough; nested purification needs none, as both inputs are equally long.
  static boolean serve(Question question, Pass pass) {
    return !question.nested && !question.bell && pass.isExact();
  }

  /// Purifies with what was left out because it is too long.
  void purify(int label, int span) {
    int u = labels.u[label];
    int v = labels.v[label];
    double gates = snapshot.bothGates(u, v);
    double misread = snapshot.misread(u, v);
    double mine = labels.werner[label];
    double cost = labels.cost[label];
    // In a tracked search a purification may serve though it does not improve the state.
    double aimed = tracked ? Werner.USELESS : spans.bestAny[span];
    double least = Werner.partner(gates, misread, mine, aimed);
    if (least >= 1) {
      return;
    }
    double most = pruning.costLimit(u, v);
    double room = pruning.lengthLimit() - pruning.missing(u, v);
    leftOut.start(u, v, room, question.cheapest(), Math.max(least, Werner.USELESS), cost);
    while (cost + leftOut.cost < most) {
      work.candidates++;
      double partner = leftOut.werner;
      double p = Werner.success(gates, misread, mine, partner);
      double werner =
          Werner.purified(gates, misread, Math.max(mine, partner), Math.min(mine, partner), p);
      double raised = (cost + leftOut.cost) / p;
      if (raised < most && werner > aimed) {
        aimed = tracked ? aimed : werner;
        double power = question.power(raised);
        double loss = -StrictMath.log(werner);
        intake.offer(u, v, raised, power, werner, loss, label, label, Labels.STAND_IN);
      }
      if (leftOut.isLast()) {
        break;
      }
      leftOut.advance();
    }
  }

  /// Takes a root in that stands for plans; false where the aim has no interest in it.
  boolean open(int label) {
    double value = aim.valueOf(labels, label);
    if (Double.isNaN(value)) {
      return false;
    }
    boolean better = aim.isLeast() ? !(value >= openValue) : !(value <= openValue);
    if (better) {
      openValue = value;
    }
    return true;
  }

  /// Whether a plan could be better than the best one found, of which a part was left out for its
  /// length alone.
  boolean isOpen() {
    return !Double.isNaN(openValue);
  }

  /// The best value that such a plan could have.
  double openValue() {
    return openValue;
  }

  /// A bound on all other plans, with such plans.
  double loosened(double bound) {
    if (!isOpen()) {
      return bound;
    }
    return aim.isLeast() ? Math.min(bound, openValue) : Math.max(bound, openValue);
  }
}
