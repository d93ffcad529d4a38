package net.bellwether.simulation.fault.world;

import java.util.Locale;

/// What can go wrong.
public enum FaultKind {
  CONTROLLER_CRASH,
  CONTROLLER_PAUSE,
  CONTROLLER_LAG,
  CONTROLLER_STEP_DOWN,
  STORE_WITHOUT_QUORUM,
  STORE_UNREACHABLE,
  STORE_ANSWER_LOST,
  STORE_WRITE_LATE,
  STORE_SLOW,
  STORE_COMPACTION,
  AGENT_CRASH,
  AGENT_STALL,
  DEVICE_LOST,
  ORDERS_DISK_FULL,
  LEDGER_DISK_FAILED,
  PARTITION,
  PEERS_CUT,
  STREAM_BROKEN,
  MESSAGE_LOST,
  WALL_CLOCK_JUMP,
  LINK_CUT;

  /// As people write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
