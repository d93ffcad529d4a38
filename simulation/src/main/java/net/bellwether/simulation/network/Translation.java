package net.bellwether.simulation.network;

import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.engine.Herald;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;

/// Between the device vocabulary of agents and that of nature, as the device driver and the
/// emulator's services do it over the wire.
final class Translation {
  private Translation() {}

  static Command of(DeviceCommand command) {
    return switch (command) {
      case DeviceCommand.Swap swap ->
          new Command.Swap(
              swap.tag(), swap.stamp(), swap.left(), swap.right(), (PairId.Swapped) swap.result());
      case DeviceCommand.Purify purify ->
          new Command.Purify(
              purify.tag(), purify.stamp(), purify.kept(), purify.sacrificed(), purify.protocol());
      case DeviceCommand.Measure measure ->
          new Command.Measure(measure.tag(), measure.stamp(), measure.pair(), measure.basis());
      case DeviceCommand.MeasureAlong along ->
          new Command.MeasureAlong(along.tag(), along.stamp(), along.pair(), along.direction());
      case DeviceCommand.Keep keep ->
          new Command.Keep(keep.tag(), keep.stamp(), keep.pair(), keep.deadline());
      case DeviceCommand.Release release ->
          new Command.Release(release.tag(), release.stamp(), release.pair());
    };
  }

  static DeviceOutcome of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Swapped swapped ->
          DeviceOutcome.swapped(swapped.tag(), swapped.succeeded(), swapped.bellIndex());
      case Outcome.Purified purified -> DeviceOutcome.measured(purified.tag(), purified.bit());
      case Outcome.Measured measured -> DeviceOutcome.measured(measured.tag(), measured.bit());
      case Outcome.Kept kept -> new DeviceOutcome(kept.tag(), true, false, Pauli.I, false, "");
      case Outcome.Released released ->
          new DeviceOutcome(released.tag(), true, false, Pauli.I, false, "");
      case Outcome.Refused refused -> DeviceOutcome.refused(refused.tag(), refused.reason());
    };
  }

  static Herald of(net.bellwether.emulator.nature.Herald herald, long epoch) {
    return new Herald(
        new PairId.Elementary(herald.link(), epoch, herald.sequence()),
        herald.time(),
        herald.bellIndex(),
        herald.request().flow(),
        herald.request().generation(),
        herald.request().stage());
  }
}
