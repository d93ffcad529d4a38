package net.bellwether.simulation.fault.bug;

import java.io.IOException;
import net.bellwether.agent.control.OrderRecord;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.World;

/// A disk that says a write is done and does it some time later, unless the process has gone by
/// then.
public final class UnsyncedOrders implements OrderRecord {
  private final OrderRecord disk;
  private final Host host;

  public UnsyncedOrders(OrderRecord disk, Host host) {
    this.disk = disk;
    this.host = host;
  }

  @Override
  public Content read() {
    return disk.read();
  }

  @Override
  public void write(Content content) {
    host.besideAfter(
        host.world().between(0, World.SECOND / World.MILLI),
        () -> {
          try {
            disk.write(content);
          } catch (IOException e) {
            host.note("never hears that its orders were not recorded");
          }
        });
  }
}
