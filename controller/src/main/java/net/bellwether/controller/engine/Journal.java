package net.bellwether.controller.engine;

import net.bellwether.controller.state.ControlState;

/// Where durable state is kept.
public interface Journal {
  /// The state as last committed.
  ControlState load();

  /// Makes `after`, which follows `before`, durable and answers the state with the revision it got.
  /// Throws IllegalStateException where that failed or its outcome is unknown; `load` then tells.
  /// Throws DeposedException where another controller has taken over.
  ControlState commit(ControlState before, ControlState after);
}
