package net.bellwether.simulation.fault;

import java.util.EnumSet;
import java.util.Set;
import net.bellwether.simulation.fault.agent.OrderDisk;
import net.bellwether.simulation.fault.bug.Bug;
import net.bellwether.simulation.fault.key.LedgerDisk;
import net.bellwether.simulation.fault.store.StoreAccess;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.World;

/// Which faults a world has, and how bad they are: not all of them at once everywhere, because some
/// hide what others would show.
record Severity(Set<FaultKind> kinds, double level) {
  /// With a planted bug, mostly the faults under which it shows.
  static Severity drawn(World world, Bug bug) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    kinds.addAll(bug.shownBy());
    for (FaultKind kind : FaultKind.values()) {
      if (world.chance(bug == Bug.NONE ? 0.5 : 0.1)) {
        kinds.add(kind);
      }
    }
    return new Severity(kinds, bug == Bug.NONE ? world.between(20, 150) / 100.0 : 1.5);
  }

  private double of(FaultKind kind, double probability) {
    return kinds.contains(kind) ? level * probability : 0;
  }

  double lost() {
    return of(FaultKind.MESSAGE_LOST, 0.05);
  }

  StoreAccess.Troubles store(boolean embedded) {
    return new StoreAccess.Troubles(
        embedded ? 0 : of(FaultKind.STORE_ANSWER_LOST, 0.02),
        of(FaultKind.STORE_SLOW, 0.02),
        of(FaultKind.CONTROLLER_CRASH, 0.01));
  }

  /// Probability that a controller's threads tell each other something late.
  double lag() {
    return of(FaultKind.CONTROLLER_LAG, 0.5);
  }

  OrderDisk.Troubles orders() {
    return new OrderDisk.Troubles(
        of(FaultKind.ORDERS_DISK_FULL, 0.02),
        of(FaultKind.AGENT_STALL, 0.03),
        of(FaultKind.AGENT_CRASH, 0.01));
  }

  LedgerDisk.Troubles ledger() {
    return new LedgerDisk.Troubles(
        of(FaultKind.LEDGER_DISK_FAILED, 0.02), of(FaultKind.AGENT_CRASH, 0.005));
  }

  /// Mean time between two faults of a kind; streams break more often than machines.
  long meanMicros(FaultKind kind) {
    long seconds = kind == FaultKind.STREAM_BROKEN ? 2 : 8;
    return (long) (seconds * World.SECOND / level);
  }
}
