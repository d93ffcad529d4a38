package net.bellwether.agent.engine;

/// What goes wrong between and in nodes: the probability that a message is lost, comes twice, or
/// comes only a frame or more later; that one end misses a herald; and, for each node and frame,
/// that its device loses all it holds, that it crashes and starts again, or that the clock of its
/// device jumps.
record Faults(
    double loss,
    double repeat,
    double late,
    double missedHerald,
    double detach,
    double crash,
    double clockJump) {
  static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0);

  static final Faults LOSSES = new Faults(0.15, 0, 0, 0, 0, 0, 0);

  static final Faults MISSED_HERALDS = new Faults(0, 0, 0, 0.15, 0, 0, 0);

  static final Faults DISORDER = new Faults(0.05, 0.2, 0.1, 0.05, 0, 0, 0);

  static final Faults DISASTER = new Faults(0.05, 0.1, 0.05, 0.05, 0.15, 0.1, 0);

  static final Faults CLOCK_JUMPS = new Faults(0.05, 0.1, 0.05, 0, 0.05, 0.05, 0.15);
}
