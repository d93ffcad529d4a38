package net.bellwether.agent.engine;

import net.bellwether.topology.rules.RuleSet;

/// A rule set that is installed, and the frame it is active from; 0 while it is only prepared.
public record InstalledGeneration(RuleSet ruleSet, long activeFromFrame) {
  public boolean isActive() {
    return activeFromFrame > 0;
  }
}
