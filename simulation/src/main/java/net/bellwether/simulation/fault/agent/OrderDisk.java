package net.bellwether.simulation.fault.agent;

import java.io.IOException;
import java.util.List;
import net.bellwether.agent.control.OrderRecord;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.World;

/// The disk that an agent's orders are on: a write replaces the file as a whole, or does not, and
/// the process may be killed before and after. It may be full, or slow.
public final class OrderDisk implements OrderRecord {
  private final Host host;
  private final Troubles troubles;
  private Content content = new Content(0, 0, List.of());
  private boolean calm;
  private long fullUntilMicros;

  /// Probabilities a write.
  public record Troubles(double full, double slow, double death) {}

  public OrderDisk(Host host, Troubles troubles) {
    this.host = host;
    this.troubles = troubles;
  }

  public void calm() {
    calm = true;
    fullUntilMicros = 0;
  }

  private boolean chance(double probability) {
    return !calm && host.world().chance(probability);
  }

  @Override
  public Content read() {
    return content;
  }

  @Override
  public void write(Content next) throws IOException {
    World world = host.world();
    if (chance(troubles.full)) {
      fullUntilMicros = world.nowMicros() + world.between(0, 5 * World.SECOND);
    }
    if (world.nowMicros() < fullUntilMicros) {
      world.faults().count(FaultKind.ORDERS_DISK_FULL);
      throw new IOException("no space left on device");
    }
    mayDie("before its orders are recorded");
    content = next;
    mayDie("after its orders are recorded");
    if (chance(troubles.slow)) {
      world.faults().count(FaultKind.AGENT_STALL);
      host.pause(world.between(World.MILLI, World.SECOND));
    }
  }

  private void mayDie(String when) {
    if (chance(troubles.death)) {
      host.world().faults().count(FaultKind.AGENT_CRASH);
      host.note("crashes %s", when);
      host.die();
    }
  }
}
