package net.bellwether.scheduler.waiting;

/// What a cutoff time is to be best at.
public sealed interface CutoffObjective {
  /// The most pairs a second whose mean fidelity is at least `minFidelity`.
  record PairRate(double minFidelity) implements CutoffObjective {
    public PairRate {
      if (!(minFidelity >= 0 && minFidelity <= 1)) {
        throw new IllegalArgumentException("minFidelity (" + minFidelity + ") must be in [0, 1]");
      }
    }
  }

  /// The most secret bits a second (BBM92, asymptotic, after sifting).
  record SecretKeyRate() implements CutoffObjective {}
}
