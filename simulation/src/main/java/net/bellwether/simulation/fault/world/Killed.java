package net.bellwether.simulation.fault.world;

/// Unwinds what a process was doing when it was killed. An Error, so that no code that guards
/// itself against failures goes on after it.
public final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed(String process) {
    super(process + " is killed", null, false, false);
  }
}
