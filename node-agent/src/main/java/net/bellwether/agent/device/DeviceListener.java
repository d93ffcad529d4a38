package net.bellwether.agent.device;

import java.util.List;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.engine.Herald;
import net.bellwether.topology.time.NetworkTime;

/// Hears what a device does. A call may wait, which slows the device's reports down.
public interface DeviceListener {
  /// The device is attached; earlier commands have no outcomes any more.
  void attached(DeviceInventory inventory);

  /// New pairs, per link in order of time; all before `completeUntil` have been told.
  void heralded(List<Herald> heralds, NetworkTime completeUntil);

  /// Outcomes in order of their commands.
  void concluded(List<DeviceOutcome> outcomes);

  /// The device cannot be reached; `reason` is for a person.
  void detached(String reason);
}
