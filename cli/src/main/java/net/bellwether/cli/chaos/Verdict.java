package net.bellwether.cli.chaos;

import java.util.List;

/// Whether one promise was kept: how many cases were looked at, and a sentence for each that was
/// not.
record Verdict(String promise, long checked, List<String> violations) {
  Verdict {
    violations = List.copyOf(violations);
  }

  boolean holds() {
    return violations.isEmpty();
  }
}
