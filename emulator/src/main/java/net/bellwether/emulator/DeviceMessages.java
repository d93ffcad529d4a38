package net.bellwether.emulator;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Herald;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.AttemptSchedule;
import net.bellwether.v1.DeviceCommand;
import net.bellwether.v1.DeviceInventory;
import net.bellwether.v1.DeviceOutcome;
import net.bellwether.v1.HeraldBatch;
import net.bellwether.v1.LinkTiming;
import net.bellwether.v1.OutcomeBatch;
import net.bellwether.wire.Vocabulary;

/// Messages of the device stream from and to what nature understands.
final class DeviceMessages {
  /// Requests of one node: far more than flows that one node can serve, and few enough to compare.
  static final int MAX_REQUESTS = 4096;

  /// Heralds or outcomes in one message; some 60 bytes each, far below the message limit.
  private static final int MAX_BATCH = 8192;

  private DeviceMessages() {}

  /// IllegalArgumentException names the field that is wrong.
  static List<AttemptRequest> requests(AttemptSchedule schedule) {
    if (schedule.getRequestsCount() > MAX_REQUESTS) {
      throw new IllegalArgumentException(
          "requests (%d entries) must be at most %d"
              .formatted(schedule.getRequestsCount(), MAX_REQUESTS));
    }
    return schedule.getRequestsList().stream().map(DeviceMessages::request).toList();
  }

  private static AttemptRequest request(net.bellwether.v1.AttemptRequest wish) {
    return new AttemptRequest(
        LinkId.of(wish.getLink()),
        FlowId.of(wish.getFlow()),
        wish.getGeneration(),
        wish.getStage(),
        wish.getMode(),
        wish.getMultiplexing(),
        wish.getFromFrame(),
        wish.getUntilFrame() == 0 ? AttemptRequest.NO_END : wish.getUntilFrame(),
        new Rounds(
            wish.getStartPicos(), wish.getAttemptPicos(), wish.getPeriodPicos(), wish.getCount()));
  }

  /// IllegalArgumentException names the field that is wrong.
  static Command command(DeviceCommand command) {
    long tag = command.getTag();
    NetworkTime stamp = Vocabulary.fromProto(command.getStamp());
    return switch (command.getCommandCase()) {
      case SWAP ->
          new Command.Swap(
              tag,
              stamp,
              Vocabulary.fromProto(command.getSwap().getLeft()),
              Vocabulary.fromProto(command.getSwap().getRight()),
              swapped(Vocabulary.fromProto(command.getSwap().getResult())));
      case PURIFY ->
          new Command.Purify(
              tag,
              stamp,
              Vocabulary.fromProto(command.getPurify().getKept()),
              Vocabulary.fromProto(command.getPurify().getSacrificed()),
              Vocabulary.fromProto(command.getPurify().getProtocol()));
      case MEASURE ->
          new Command.Measure(
              tag,
              stamp,
              Vocabulary.fromProto(command.getMeasure().getPair()),
              Vocabulary.fromProto(command.getMeasure().getBasis()));
      case RELEASE ->
          new Command.Release(tag, stamp, Vocabulary.fromProto(command.getRelease().getPair()));
      case KEEP ->
          new Command.Keep(
              tag,
              stamp,
              Vocabulary.fromProto(command.getKeep().getPair()),
              Vocabulary.fromProto(command.getKeep().getDeadline()));
      case MEASURE_ALONG ->
          new Command.MeasureAlong(
              tag,
              stamp,
              Vocabulary.fromProto(command.getMeasureAlong().getPair()),
              Vocabulary.fromProto(command.getMeasureAlong().getDirection()));
      case COMMAND_NOT_SET ->
          throw new IllegalArgumentException(
              "command (none) must be one of swap, purify, measure, measure_along, keep, release");
    };
  }

  private static PairId.Swapped swapped(PairId id) {
    return switch (id) {
      case PairId.Swapped name -> name;
      case PairId.Elementary name ->
          throw new IllegalArgumentException("result (" + name + ") must name a swapped pair");
    };
  }

  static AttachResponse inventory(Network network, Node node, long epoch, NetworkTime now) {
    DeviceInventory.Builder inventory =
        DeviceInventory.newBuilder()
            .setCommunicationQubitCount(node.communicationQubits().count())
            .setMemoryQubitCount(node.memoryQubits().count())
            .setEpoch(epoch)
            .setNetworkTime(Vocabulary.toProto(now));
    for (Link link : network.links().values()) {
      if (link.a().equals(node.id()) || link.b().equals(node.id())) {
        inventory.addLinks(link.id().value()).addTimings(timing(link));
      }
    }
    return AttachResponse.newBuilder().setInventory(inventory).build();
  }

  /// The same for all modes of a link: they differ in intensity only.
  private static LinkTiming timing(Link link) {
    LinkPhysics physics = LinkPhysics.of(link, link.modes().getFirst());
    return LinkTiming.newBuilder()
        .setLink(link.id().value())
        .setAttemptPeriodPicos(physics.attemptPeriodPicos())
        .setHeraldLatencyPicos(physics.heraldLatencyPicos())
        .build();
  }

  /// In as many messages as their sizes need; only the last is complete until the batch's time.
  static List<AttachResponse> heralds(
      net.bellwether.emulator.nature.HeraldBatch batch, NetworkTime completeBefore) {
    List<AttachResponse> messages = new ArrayList<>();
    List<Herald> heralds = batch.heralds();
    for (int from = 0; from == 0 || from < heralds.size(); from += MAX_BATCH) {
      int to = Math.min(heralds.size(), from + MAX_BATCH);
      NetworkTime complete = to == heralds.size() ? batch.completeUntil() : completeBefore;
      HeraldBatch.Builder builder =
          HeraldBatch.newBuilder().setCompleteUntil(Vocabulary.toProto(complete));
      heralds.subList(from, to).forEach(herald -> builder.addHeralds(message(herald)));
      messages.add(AttachResponse.newBuilder().setHeralds(builder).build());
    }
    return messages;
  }

  private static net.bellwether.v1.Herald message(Herald herald) {
    return net.bellwether.v1.Herald.newBuilder()
        .setLink(herald.link().value())
        .setSequence(herald.sequence())
        .setTime(Vocabulary.toProto(herald.time()))
        .setBellIndex(Vocabulary.toProto(herald.bellIndex()))
        .setFlow(herald.flow().value())
        .setGeneration(herald.generation())
        .setStage(herald.stage())
        .build();
  }

  static List<AttachResponse> outcomes(List<Outcome> outcomes) {
    List<AttachResponse> messages = new ArrayList<>();
    for (int from = 0; from < outcomes.size(); from += MAX_BATCH) {
      OutcomeBatch.Builder builder = OutcomeBatch.newBuilder();
      outcomes
          .subList(from, Math.min(outcomes.size(), from + MAX_BATCH))
          .forEach(outcome -> builder.addOutcomes(message(outcome)));
      messages.add(AttachResponse.newBuilder().setOutcomes(builder).build());
    }
    return messages;
  }

  private static DeviceOutcome message(Outcome outcome) {
    DeviceOutcome.Builder builder = DeviceOutcome.newBuilder().setTag(outcome.tag()).setDone(true);
    return switch (outcome) {
      case Outcome.Swapped swapped ->
          builder
              .setSucceeded(swapped.succeeded())
              .setBellIndex(Vocabulary.toProto(swapped.bellIndex()))
              .build();
      case Outcome.Purified purified -> builder.setOutcome(purified.bit()).build();
      case Outcome.Measured measured -> builder.setOutcome(measured.bit()).build();
      case Outcome.Kept _, Outcome.Released _ -> builder.build();
      case Outcome.Refused refused -> builder.setDone(false).setRefusal(refused.reason()).build();
    };
  }
}
