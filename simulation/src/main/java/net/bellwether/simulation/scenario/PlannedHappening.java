package net.bellwether.simulation.scenario;

import net.bellwether.emulator.nature.Happening;

/// What befalls the hardware at `atSeconds` of virtual time.
public record PlannedHappening(double atSeconds, Happening happening) {
  public PlannedHappening {
    if (!(atSeconds >= 0 && atSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "atSeconds (" + atSeconds + ") must be at least 0 and finite");
    }
  }
}
