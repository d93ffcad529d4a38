package net.bellwether.scheduler.request;

/// Which pairs a plan may purify with each other.
public enum PurificationClass {
  /// Two pairs of one sub-plan.
  NESTED,
  /// Any two pairs between the same ends: pumping, mixtures of paths.
  ANY
}
