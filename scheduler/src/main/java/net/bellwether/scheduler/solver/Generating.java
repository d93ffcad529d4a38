package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Pass.Scope;

/// The elementary pairs that a search starts from: all modes of the links between nodes that have a
/// distance.
final class Generating {
  private final Labels labels;
  private final LabelQueue queue;
  private final BellStates bellStates;
  private final Question question;
  private final Pass pass;
  private final Pruning pruning;
  private final Intake intake;
  private final Work work;

  Generating(
      Scratch scratch, Question question, Pass pass, Pruning pruning, Intake intake, Work work) {
    this.labels = scratch.labels;
    this.queue = scratch.queue;
    this.bellStates = scratch.bellStates;
    this.question = question;
    this.pass = pass;
    this.pruning = pruning;
    this.intake = intake;
    this.work = work;
  }

  void addLinks() {
    addLinks(question.near);
    addLinks(question.far);
  }

  /// Links that leave the settled nodes of one end; those of both are taken once.
  private void addLinks(Distances settled) {
    Distances near = question.near;
    NetworkSnapshot snapshot = question.usable.snapshot;
    boolean second = settled == question.far;
    for (int i = 0; i < settled.settledCount(); i++) {
      int u = settled.settled(i);
      if (second && near.isSettled(u)) {
        continue;
      }
      int end = snapshot.firstArc(u + 1);
      for (int arc = snapshot.firstArc(u); arc < end; arc++) {
        int v = snapshot.arcTo(arc);
        boolean again = settled.isSettled(v) ? v < u : second && near.isSettled(v);
        if (!again && mayUse(snapshot.arcLink(arc), u, v)) {
          addModes(snapshot, snapshot.arcLink(arc), u, v);
        }
      }
    }
  }

  private boolean mayUse(int link, int u, int v) {
    Usable usable = question.usable;
    return usable.mayCross(link, v)
        && usable.mayCross(link, u)
        && (pass.scope() != Scope.PATH
            || (question.near.isSettled(u) && question.near.isSettled(v)));
  }

  private void addModes(NetworkSnapshot snapshot, int link, int u, int v) {
    Metric metric = question.metric;
    for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
      if (snapshot.rate(mode) > 0) {
        work.candidates++;
        double cost = metric.terms.cost(snapshot, link, mode);
        double power = question.power(cost);
        double loss = metric.loss(mode);
        if (pruning.isAdmitted(u, v, cost, power, loss)) {
          int label = intake.add(u, v, cost, power, snapshot.werner(mode), loss);
          labels.how[label] = Labels.generated(mode);
          describe(label, link, mode);
          queue.add(label);
        }
      }
    }
  }

  private void describe(int label, int link, int mode) {
    if (question.bell) {
      bellStates.take(question.usable.snapshot.origin(mode).state());
      bellStates.store(label);
    }
    if (pass.tracked()) {
      Requirements required = question.required;
      int ends = required.node(labels.u[label]) | required.node(labels.v[label]);
      labels.hops[label] = 1;
      labels.visits[label] = required.link(link) | ends;
    }
  }
}
