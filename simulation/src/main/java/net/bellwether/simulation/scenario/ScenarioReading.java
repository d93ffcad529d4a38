package net.bellwether.simulation.scenario;

import java.util.List;
import net.bellwether.topology.document.Mistake;

/// What reading a scenario came to.
public sealed interface ScenarioReading {
  /// The document is right in every part.
  record Valid(Scenario scenario) implements ScenarioReading {}

  /// The document is refused; `mistakes` are all there are, in the order of their lines.
  record Invalid(List<Mistake> mistakes) implements ScenarioReading {
    public Invalid {
      mistakes = List.copyOf(mistakes);
    }
  }
}
