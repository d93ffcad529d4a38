package net.bellwether.scheduler;

import net.bellwether.topology.time.NetworkTime;

/// The part of every frame that sessions share; what comes before it belongs to link tests.
final class SessionWindow {
  static final long START_PICOS = 5_000_000_000L;
  static final long END_PICOS = NetworkTime.FRAME_PICOS;
  static final long LENGTH_PICOS = END_PICOS - START_PICOS;

  private SessionWindow() {}
}
