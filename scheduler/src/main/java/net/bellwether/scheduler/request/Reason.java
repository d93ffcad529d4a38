package net.bellwether.scheduler.request;

/// Why there is no plan.
public enum Reason {
  UNKNOWN_NODE,
  NOT_AN_END,
  NOT_TRUSTED,
  NO_PATH,
  FIDELITY_UNREACHABLE,
  RATE_UNREACHABLE,
  NO_SECRET_KEY,
  NO_CAPACITY,
  BUDGET_EXHAUSTED
}
