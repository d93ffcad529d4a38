package net.bellwether.simulation.outcome;

import java.util.Optional;
import net.bellwether.simulation.tally.Estimate;

/// A predicted value and what was achieved, where enough was measured to say.
public record Figure(double predicted, Optional<Estimate> achieved) {
  /// Whether the prediction is outside the 95 % confidence interval of what was achieved; by chance
  /// alone it is in one figure of twenty.
  public boolean isOutside() {
    return achieved.isPresent() && !achieved.get().admits(predicted);
  }
}
