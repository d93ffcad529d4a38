package net.bellwether.agent.device;

import java.util.List;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.herald.HeraldBatch;

/// Hears what a device does. A call may wait, which slows the device's reports down.
public interface DeviceListener {
  /// The device is attached; earlier commands have no outcomes any more.
  void attached(DeviceInventory inventory);

  /// New pairs, per link in order of time; the listener gives the batch back.
  void heralded(HeraldBatch batch);

  /// Outcomes in order of their commands.
  void concluded(List<DeviceOutcome> outcomes);

  /// The device cannot be reached; `reason` is for a person.
  void detached(String reason);
}
