package net.bellwether.simulation.fault.control;

import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.state.ControlState;

/// Notes failures, which the core does not tell apart from defects.
final class WatchedJournal implements Journal {
  private final Journal journal;
  private boolean failed;

  WatchedJournal(Journal journal) {
    this.journal = journal;
  }

  /// Whether it failed since last asked.
  boolean takeFailed() {
    boolean taken = failed;
    failed = false;
    return taken;
  }

  @Override
  public ControlState load() {
    try {
      return journal.load();
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public ControlState commit(ControlState before, ControlState after) {
    try {
      return journal.commit(before, after);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }
}
