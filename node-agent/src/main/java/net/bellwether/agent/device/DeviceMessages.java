package net.bellwether.agent.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.AttemptTiming;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.herald.Numbering;
import net.bellwether.agent.herald.Slot;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.v1.AttemptSchedule;
import net.bellwether.v1.CommandBatch;
import net.bellwether.v1.KeepCommand;
import net.bellwether.v1.LinkTiming;
import net.bellwether.v1.MeasureAlongCommand;
import net.bellwether.v1.MeasureCommand;
import net.bellwether.v1.OutcomeBatch;
import net.bellwether.v1.PurifyCommand;
import net.bellwether.v1.ReleaseCommand;
import net.bellwether.v1.SwapCommand;
import net.bellwether.wire.Vocabulary;

/// Device vocabulary to messages and back. IllegalArgumentException where a message makes no sense.
final class DeviceMessages {
  private DeviceMessages() {}

  static AttemptSchedule schedule(List<Slot> slots) {
    AttemptSchedule.Builder schedule = AttemptSchedule.newBuilder();
    for (Slot slot : slots) {
      AttemptRequest request = slot.request();
      schedule.addRequests(
          net.bellwether.v1.AttemptRequest.newBuilder()
              .setLink(request.link().value())
              .setFlow(request.flow().value())
              .setGeneration(request.generation())
              .setStage(request.stage())
              .setMode(request.mode())
              .setMultiplexing(request.multiplexing())
              .setFromFrame(request.fromFrame())
              .setUntilFrame(request.untilFrame())
              .setStartPicos(request.rounds().startPicos())
              .setAttemptPicos(request.rounds().attemptPicos())
              .setPeriodPicos(request.rounds().periodPicos())
              .setCount(request.rounds().count())
              .setSlot(slot.number()));
    }
    return schedule.build();
  }

  static CommandBatch commands(List<DeviceCommand> commands) {
    CommandBatch.Builder batch = CommandBatch.newBuilder();
    commands.forEach(command -> batch.addCommands(command(command)));
    return batch.build();
  }

  private static net.bellwether.v1.DeviceCommand command(DeviceCommand command) {
    var message =
        net.bellwether.v1.DeviceCommand.newBuilder()
            .setTag(command.tag())
            .setStamp(Vocabulary.toProto(command.stamp()));
    return switch (command) {
      case DeviceCommand.Swap swap ->
          message
              .setSwap(
                  SwapCommand.newBuilder()
                      .setLeft(Vocabulary.toProto(swap.left()))
                      .setRight(Vocabulary.toProto(swap.right()))
                      .setResult(Vocabulary.toProto(swap.result())))
              .build();
      case DeviceCommand.Purify purify ->
          message
              .setPurify(
                  PurifyCommand.newBuilder()
                      .setKept(Vocabulary.toProto(purify.kept()))
                      .setSacrificed(Vocabulary.toProto(purify.sacrificed()))
                      .setProtocol(Vocabulary.toProto(purify.protocol())))
              .build();
      case DeviceCommand.Measure measure ->
          message
              .setMeasure(
                  MeasureCommand.newBuilder()
                      .setPair(Vocabulary.toProto(measure.pair()))
                      .setBasis(Vocabulary.toProto(measure.basis())))
              .build();
      case DeviceCommand.MeasureAlong along ->
          message
              .setMeasureAlong(
                  MeasureAlongCommand.newBuilder()
                      .setPair(Vocabulary.toProto(along.pair()))
                      .setDirection(Vocabulary.toProto(along.direction())))
              .build();
      case DeviceCommand.Keep keep ->
          message
              .setKeep(
                  KeepCommand.newBuilder()
                      .setPair(Vocabulary.toProto(keep.pair()))
                      .setDeadline(Vocabulary.toProto(keep.deadline())))
              .build();
      case DeviceCommand.Release release ->
          message
              .setRelease(ReleaseCommand.newBuilder().setPair(Vocabulary.toProto(release.pair())))
              .build();
    };
  }

  static DeviceInventory inventory(net.bellwether.v1.DeviceInventory message) {
    SequencedMap<LinkId, AttemptTiming> timings = new LinkedHashMap<>();
    for (LinkTiming timing : message.getTimingsList()) {
      timings.put(
          LinkId.of(timing.getLink()),
          new AttemptTiming(timing.getAttemptPeriodPicos(), timing.getHeraldLatencyPicos()));
    }
    return new DeviceInventory(
        message.getCommunicationQubitCount(),
        message.getMemoryQubitCount(),
        message.getLinksList().stream().map(LinkId::of).toList(),
        timings,
        message.getEpoch(),
        Vocabulary.fromProto(message.getNetworkTime()));
  }

  static Numbering numbering(net.bellwether.v1.DeviceInventory message) {
    List<LinkId> links = message.getLinksList().stream().map(LinkId::of).toList();
    Map<LinkId, List<String>> modes = new LinkedHashMap<>();
    for (LinkTiming timing : message.getTimingsList()) {
      modes.put(LinkId.of(timing.getLink()), timing.getModesList());
    }
    return new Numbering(
        message.getEpoch(),
        links,
        links.stream().map(link -> modes.getOrDefault(link, List.of())).toList());
  }

  static List<DeviceOutcome> outcomes(OutcomeBatch batch) {
    List<DeviceOutcome> outcomes = new ArrayList<>(batch.getOutcomesCount());
    for (net.bellwether.v1.DeviceOutcome outcome : batch.getOutcomesList()) {
      boolean found = outcome.getBellIndex() != net.bellwether.v1.Pauli.PAULI_UNSPECIFIED;
      outcomes.add(
          new DeviceOutcome(
              outcome.getTag(),
              outcome.getDone(),
              outcome.getSucceeded(),
              found ? Vocabulary.fromProto(outcome.getBellIndex()) : Pauli.I,
              outcome.getOutcome(),
              outcome.getRefusal()));
    }
    return outcomes;
  }
}
