package net.bellwether.controller.intent;

import java.util.List;
import net.bellwether.controller.state.ControlState;

/// What became of a topology that an operator applied.
public sealed interface Application {
  /// In force in `state`; session names in order of opening.
  record Applied(ControlState state, List<String> kept, List<String> replanned)
      implements Application {}

  /// Sessions would lose their plan; `affected` has a sentence each.
  record Refused(List<String> affected) implements Application {}
}
