package net.bellwether.simulation.fault.control;

import java.util.function.Consumer;
import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.state.ControlState;

/// Notes every state that is durable, and failures: the core does not tell them apart from defects.
final class WatchedJournal implements Journal {
  private final Journal journal;
  private final Consumer<ControlState> durable;
  private boolean failed;

  WatchedJournal(Journal journal, Consumer<ControlState> durable) {
    this.journal = journal;
    this.durable = durable;
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
      ControlState state = journal.load();
      durable.accept(state);
      return state;
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public ControlState commit(ControlState before, ControlState after) {
    try {
      ControlState state = journal.commit(before, after);
      durable.accept(state);
      return state;
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }
}
