package net.bellwether.agent.engine;

/// Whether a rule set was installed, or a generation activated.
public sealed interface Installation {
  /// It is in place, now or already before.
  record Accepted() implements Installation {}

  /// It is not, and nothing has changed; `reason` is a sentence for the controller.
  record Refused(String reason) implements Installation {}
}
