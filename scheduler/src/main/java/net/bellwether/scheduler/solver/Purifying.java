package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Pass.Scope;

/// Purifies a label with itself and with all that were processed before it over the same span.
final class Purifying {
  private final Labels labels;
  private final BellStates bellStates;
  private final Question question;
  private final NetworkSnapshot snapshot;
  private final boolean bell;
  private final boolean tracked;

  /// Whether both inputs are one sub-plan.
  private final boolean nested;

  private final Aim aim;
  private final Pruning pruning;
  private final Dominance dominance;
  private final Intake intake;
  private final Work work;

  Purifying(
      Scratch scratch,
      Question question,
      Pass pass,
      Pruning pruning,
      Dominance dominance,
      Intake intake,
      Work work) {
    this.labels = scratch.labels;
    this.bellStates = scratch.bellStates;
    this.question = question;
    this.snapshot = question.usable.snapshot;
    this.bell = question.bell;
    this.tracked = pass.tracked();
    this.nested = question.nested || pass.scope() == Scope.PATH;
    this.aim = pass.aim();
    this.pruning = pruning;
    this.dominance = dominance;
    this.intake = intake;
    this.work = work;
  }

  void purifyAll(int label, int span) {
    int u = labels.u[label];
    int v = labels.v[label];
    double gates = snapshot.bothGates(u, v);
    double misread = snapshot.misread(u, v);
    for (int other = label; other >= 0; other = nested ? -1 : labels.older[other]) {
      double cost = labels.cost[label] + labels.cost[other];
      if (cost >= aim.costLimit) {
        pruning.limited = true;
        continue;
      }
      work.candidates++;
      if (bell) {
        purifyBell(label, other, cost, gates, misread);
      } else {
        purifyWerner(span, label, other, cost, gates, misread);
      }
    }
  }

  /// With readout errors it is better to keep the better pair.
  private void purifyWerner(
      int span, int label, int other, double cost, double gates, double misread) {
    boolean newer = labels.werner[label] >= labels.werner[other];
    int kept = newer ? label : other;
    int sacrificed = newer ? other : label;
    double better = labels.werner[kept];
    double worse = labels.werner[sacrificed];
    double p = Werner.success(gates, misread, labels.werner[label], labels.werner[other]);
    double werner = Werner.purified(gates, misread, better, worse, p);
    boolean standIn = labels.standIn[label] || labels.standIn[other];
    if (werner <= Werner.USELESS
        || (!tracked && !dominance.improves(span, werner, cost, standIn))) {
      return;
    }
    double raised = cost / p;
    if (raised >= aim.costLimit) {
      pruning.limited = true;
      return;
    }
    double power = question.power(raised);
    double loss = -StrictMath.log(werner);
    int u = labels.u[label];
    int v = labels.v[label];
    intake.offer(u, v, raised, power, werner, loss, kept, sacrificed, Labels.BBPSSW);
  }

  /// Bell-diagonal states differ in more than their fidelity: both protocols and both orders.
  private void purifyBell(int label, int other, double cost, double gates, double misread) {
    for (int protocol = Labels.BBPSSW; protocol >= Labels.DEJMPS; protocol--) {
      for (int order = 0; order < (label == other ? 1 : 2); order++) {
        int kept = order == 0 ? label : other;
        int sacrificed = order == 0 ? other : label;
        double p = bellStates.purify(kept, sacrificed, protocol, gates, misread);
        double raised = cost / p;
        if (p > 0 && raised < aim.costLimit) {
          double power = question.power(raised);
          intake.offerBell(
              labels.u[label], labels.v[label], raised, power, kept, sacrificed, protocol);
        } else {
          pruning.limited = true;
        }
      }
    }
  }
}
