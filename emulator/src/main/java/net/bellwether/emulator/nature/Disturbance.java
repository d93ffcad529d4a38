package net.bellwether.emulator.nature;

/// How a link differs from its declaration: a factor on the success probability of an attempt, and
/// the weight of white noise in the state.
record Disturbance(double successFactor, double whiteNoise) {
  static final Disturbance NONE = new Disturbance(1, 0);

  Disturbance {
    requireProbability("success_factor", successFactor);
    requireProbability("white_noise", whiteNoise);
  }

  private static void requireProbability(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(field + " (" + value + ") must be in [0, 1]");
    }
  }
}
