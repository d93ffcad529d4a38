package net.bellwether.agent.peer;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.v1.PairBatch;
import net.bellwether.wire.Vocabulary;

/// Pair messages to their wire form and back. IllegalArgumentException where one makes no sense.
final class PairMessages {
  private PairMessages() {}

  static PairBatch toProto(List<PairMessage> messages) {
    PairBatch.Builder batch = PairBatch.newBuilder();
    messages.forEach(message -> batch.addMessages(toProto(message)));
    return batch.build();
  }

  private static net.bellwether.v1.PairMessage toProto(PairMessage message) {
    PairMessage.Header header = message.header();
    var wire =
        net.bellwether.v1.PairMessage.newBuilder()
            .setFlow(header.flow().value())
            .setGeneration(header.generation())
            .setRoundStart(Vocabulary.toProto(header.roundStart()))
            .setStamp(Vocabulary.toProto(header.stamp()));
    return switch (message) {
      case PairMessage.SwapNotice notice ->
          wire.setSwap(
                  net.bellwether.v1.SwapNotice.newBuilder()
                      .setResultStage(notice.resultStage())
                      .setConsumed(Vocabulary.toProto(notice.consumed()))
                      .setResult(Vocabulary.toProto(notice.result()))
                      .setFrame(Vocabulary.toProto(notice.frame()))
                      .setSucceeded(notice.succeeded())
                      .setOtherEnd(notice.otherEnd().value()))
              .build();
      case PairMessage.PurifyRequest request ->
          wire.setPurifyRequest(
                  net.bellwether.v1.PurifyRequest.newBuilder()
                      .setOutputStage(request.outputStage())
                      .setKept(Vocabulary.toProto(request.kept()))
                      .setSacrificed(Vocabulary.toProto(request.sacrificed()))
                      .setOutcome(request.outcome()))
              .build();
      case PairMessage.PurifyReply reply ->
          wire.setPurifyReply(
                  net.bellwether.v1.PurifyReply.newBuilder()
                      .setOutputStage(reply.outputStage())
                      .setKept(Vocabulary.toProto(reply.kept()))
                      .setSacrificed(Vocabulary.toProto(reply.sacrificed()))
                      .setSucceeded(reply.succeeded())
                      .setGone(reply.gone()))
              .build();
      case PairMessage.KeepNotice notice ->
          wire.setKeep(
                  net.bellwether.v1.KeepNotice.newBuilder()
                      .setPair(Vocabulary.toProto(notice.pair()))
                      .setKept(notice.kept()))
              .build();
    };
  }

  static List<PairMessage> fromProto(PairBatch batch) {
    List<PairMessage> messages = new ArrayList<>(batch.getMessagesCount());
    batch.getMessagesList().forEach(message -> messages.add(fromProto(message)));
    return messages;
  }

  private static PairMessage fromProto(net.bellwether.v1.PairMessage wire) {
    PairMessage.Header header =
        new PairMessage.Header(
            FlowId.of(wire.getFlow()),
            wire.getGeneration(),
            Vocabulary.fromProto(wire.getRoundStart()),
            Vocabulary.fromProto(wire.getStamp()));
    return switch (wire.getMessageCase()) {
      case SWAP -> {
        net.bellwether.v1.SwapNotice notice = wire.getSwap();
        yield new PairMessage.SwapNotice(
            header,
            notice.getResultStage(),
            Vocabulary.fromProto(notice.getConsumed()),
            Vocabulary.fromProto(notice.getResult()),
            notice.getSucceeded() ? Vocabulary.fromProto(notice.getFrame()) : Pauli.I,
            notice.getSucceeded(),
            NodeId.of(notice.getOtherEnd()));
      }
      case PURIFY_REQUEST -> {
        net.bellwether.v1.PurifyRequest request = wire.getPurifyRequest();
        yield new PairMessage.PurifyRequest(
            header,
            request.getOutputStage(),
            Vocabulary.fromProto(request.getKept()),
            Vocabulary.fromProto(request.getSacrificed()),
            request.getOutcome());
      }
      case PURIFY_REPLY -> {
        net.bellwether.v1.PurifyReply reply = wire.getPurifyReply();
        yield new PairMessage.PurifyReply(
            header,
            reply.getOutputStage(),
            Vocabulary.fromProto(reply.getKept()),
            Vocabulary.fromProto(reply.getSacrificed()),
            reply.getSucceeded(),
            reply.getGone());
      }
      case KEEP ->
          new PairMessage.KeepNotice(
              header, Vocabulary.fromProto(wire.getKeep().getPair()), wire.getKeep().getKept());
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("message must be of a kind this version knows");
    };
  }
}
