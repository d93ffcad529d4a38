package net.bellwether.simulation.fault.promise;

/// Once nothing goes wrong any more, all comes to rest in bounded time: a controller leads,
/// sessions are active, degraded with a reason, or closed; agents and key managers hold what is
/// wanted and nothing else; and when all rules are gone, every qubit is free.
public final class EverythingConverges extends Promise {
  /// `unrest` is what is not as it should be; empty where all is.
  public void within(double seconds, String unrest) {
    require(unrest.isEmpty(), "%s s after the last fault: %s", seconds, unrest);
  }
}
