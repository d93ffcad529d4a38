package net.bellwether.agent.device;

import java.util.List;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.herald.HeraldCounts;

/// The quantum hardware of one node: makes pairs where asked to, holds qubits, carries out
/// operations at the network time they are stamped with. A driver attaches to its hardware again by
/// itself after a break; what was held or commanded before is lost then.
///
/// Safe for use by several threads; no call waits for the hardware.
public interface QuantumDevice extends AutoCloseable {
  /// Kind of driver, for example "emulated".
  String driver();

  /// Attaches; what happens from now on is told to `listener`, in order.
  void start(DeviceListener listener);

  /// Replaces all standing requests for pairs, now and at every later attachment.
  void schedule(List<AttemptRequest> requests);

  /// Carries out `commands` in order; one outcome each.
  void execute(List<DeviceCommand> commands);

  /// What became of its heralds on their way, since the start.
  HeraldCounts heraldCounts();

  @Override
  void close();
}
