package net.bellwether.simulation.fault.bug;

import java.io.IOException;
import net.bellwether.agent.control.OrderRecord;

/// A record that does not keep the boot epoch.
public final class StuckEpoch implements OrderRecord {
  /// Beyond every clock of the simulation.
  private static final long EPOCH = 1L << 40;

  private final OrderRecord disk;

  public StuckEpoch(OrderRecord disk) {
    this.disk = disk;
  }

  @Override
  public Content read() {
    Content content = disk.read();
    return new Content(EPOCH, content.term(), content.orders());
  }

  @Override
  public void write(Content content) throws IOException {
    disk.write(content);
  }
}
