package net.bellwether.controller.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;

/// One version of a flow's rules. The rule sets are kept as they were sent, so that a node that
/// missed them gets the very same ones, whatever the compiler does by then. `activationFrame` is 0
/// until every node has accepted.
public record Generation(
    long number, Purpose purpose, SequencedMap<NodeId, RuleSet> ruleSets, long activationFrame) {
  public Generation {
    ruleSets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ruleSets));
    if (number < 1 || ruleSets.isEmpty()) {
      throw new IllegalArgumentException(
          "generation (" + number + ") must be at least 1 and have rule sets");
    }
  }

  public boolean isActivated() {
    return activationFrame > 0;
  }

  public Generation activatedAt(long frame) {
    return new Generation(number, purpose, ruleSets, frame);
  }
}
