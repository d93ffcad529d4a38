package net.bellwether.topology.format;

import java.util.List;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.Mistake;

/// What reading a topology document came to.
public sealed interface TopologyReading {
  /// The document is right in every part.
  record Valid(Network network) implements TopologyReading {}

  /// The document is refused; `mistakes` are all there are, in the order of their lines.
  record Invalid(List<Mistake> mistakes) implements TopologyReading {
    public Invalid {
      mistakes = List.copyOf(mistakes);
      if (mistakes.isEmpty()) {
        throw new IllegalArgumentException("mistakes must name at least one mistake");
      }
    }
  }
}
