package net.bellwether.emulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Link;
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
import net.bellwether.v1.HeraldSource;
import net.bellwether.v1.LinkTiming;
import net.bellwether.v1.OutcomeBatch;
import net.bellwether.wire.Vocabulary;

/// Messages of the device stream from and to what nature understands.
final class DeviceMessages {
  /// Requests of one node: far more than flows that one node can serve, and few enough to compare.
  static final int MAX_REQUESTS = 4096;

  /// Outcomes in one message; some 60 bytes each, far below the message limit.
  private static final int MAX_BATCH = 8192;

  private DeviceMessages() {}

  /// IllegalArgumentException names the field that is wrong.
  static List<SlottedRequest> requests(AttemptSchedule schedule) {
    if (schedule.getRequestsCount() > MAX_REQUESTS) {
      throw new IllegalArgumentException(
          "requests (%d entries) must be at most %d"
              .formatted(schedule.getRequestsCount(), MAX_REQUESTS));
    }
    Set<Integer> slots = new LinkedHashSet<>();
    List<SlottedRequest> requests = new ArrayList<>();
    for (net.bellwether.v1.AttemptRequest wish : schedule.getRequestsList()) {
      if (!slots.add(wish.getSlot())) {
        throw new IllegalArgumentException(
            "slot (" + Integer.toUnsignedString(wish.getSlot()) + ") must be of one request only");
      }
      requests.add(new SlottedRequest(wish.getSlot(), request(wish)));
    }
    return requests;
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

  static AttachResponse inventory(
      Node node, List<Link> links, long epoch, NetworkTime now, HeraldSource heralds) {
    DeviceInventory.Builder inventory =
        DeviceInventory.newBuilder()
            .setCommunicationQubitCount(node.communicationQubits().count())
            .setMemoryQubitCount(node.memoryQubits().count())
            .setEpoch(epoch)
            .setNetworkTime(Vocabulary.toProto(now))
            .setHeralds(heralds);
    for (Link link : links) {
      inventory.addLinks(link.id().value()).addTimings(timing(link));
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
        .addAllModes(link.modes().stream().map(GenerationMode::name).toList())
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
