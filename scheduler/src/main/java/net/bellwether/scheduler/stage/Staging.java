package net.bellwether.scheduler.stage;

/// A plan as stages, or why agents cannot run it.
public sealed interface Staging {
  record Staged(StagedPlan plan) implements Staging {}

  /// `reason` goes on after "agents cannot run it:".
  record Refused(String reason) implements Staging {}
}
