package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.view.LinkMode;

/// Rates (pairs a second, free share taken), Werner parameters and losses under both models of
/// states, of a page of modes; and where they come from.
final class ModePage {
  final double[] rate;
  final double[] werner;
  final double[] wernerLoss;
  final double[] bellLoss;
  final LinkMode[] origin;

  ModePage(int size) {
    rate = new double[size];
    werner = new double[size];
    wernerLoss = new double[size];
    bellLoss = new double[size];
    origin = new LinkMode[size];
  }

  private ModePage(ModePage other) {
    rate = other.rate.clone();
    werner = other.werner.clone();
    wernerLoss = other.wernerLoss.clone();
    bellLoss = other.bellLoss.clone();
    origin = other.origin.clone();
  }

  ModePage copy() {
    return new ModePage(this);
  }

  /// Takes a mode in; its Werner parameter, or 0 where the mode is of no use.
  double set(int at, LinkMode mode) {
    double fidelity = mode.state().fidelity();
    werner[at] = Werner.parameter(fidelity);
    rate[at] = fidelity > 0.5 ? mode.fluidPairsPerSecond() * mode.freeShare() : 0;
    wernerLoss[at] = -StrictMath.log(Math.clamp(werner[at], 1e-300, 1));
    bellLoss[at] = -StrictMath.log(Math.clamp(2 * fidelity - 1, 1e-300, 1));
    origin[at] = mode;
    return rate[at] > 0 ? werner[at] : 0;
  }
}
