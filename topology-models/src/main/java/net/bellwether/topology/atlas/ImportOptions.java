package net.bellwether.topology.atlas;

import net.bellwether.topology.device.StandardDevices;

/// How a map becomes a network. Fibre is `detourFactor` times as long as the great circle; what is
/// then longer than `repeaterKm` is cut into equal sections by repeaters. Link fidelities are drawn
/// from `seed`.
public record ImportOptions(
    double detourFactor, double repeaterKm, long seed, StandardDevices devices) {
  /// Fibre follows roads and railways: about 1.3 times the great circle, as is usual where only
  /// positions are known.
  public static final ImportOptions DEFAULT =
      new ImportOptions(1.3, 80, 1, StandardDevices.DEFAULT);

  private static final double DETOUR_FACTOR_MAX = 10;
  private static final double REPEATER_MIN_KM = 1;

  public ImportOptions {
    if (!(detourFactor >= 1 && detourFactor <= DETOUR_FACTOR_MAX)) {
      throw new IllegalArgumentException(
          "detourFactor (%s) must be in [1, %s]".formatted(detourFactor, DETOUR_FACTOR_MAX));
    }
    if (!(repeaterKm >= REPEATER_MIN_KM && repeaterKm <= StandardDevices.LENGTH_MAX_KM)) {
      throw new IllegalArgumentException(
          "repeaterKm (%s) must be in [%s, %s], what one link can serve"
              .formatted(repeaterKm, REPEATER_MIN_KM, StandardDevices.LENGTH_MAX_KM));
    }
  }

  public ImportOptions withDetourFactor(double factor) {
    return new ImportOptions(factor, repeaterKm, seed, devices);
  }

  public ImportOptions withRepeaterKm(double km) {
    return new ImportOptions(detourFactor, km, seed, devices);
  }

  public ImportOptions withSeed(long other) {
    return new ImportOptions(detourFactor, repeaterKm, other, devices);
  }
}
