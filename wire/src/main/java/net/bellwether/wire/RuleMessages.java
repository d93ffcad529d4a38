package net.bellwether.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.v1.AttemptRule;
import net.bellwether.v1.BasesBySequence;
import net.bellwether.v1.DeliverRule;
import net.bellwether.v1.KeepRule;
import net.bellwether.v1.MeasureRule;
import net.bellwether.v1.PairConsumer;
import net.bellwether.v1.PurifyRule;
import net.bellwether.v1.RandomBases;
import net.bellwether.v1.SwapRule;

/// Rule sets to messages and back.
final class RuleMessages {
  private RuleMessages() {}

  static net.bellwether.v1.RuleSet toProto(RuleSet set) {
    net.bellwether.v1.RuleSet.Builder message =
        net.bellwether.v1.RuleSet.newBuilder()
            .setFlow(set.flow().value())
            .setGeneration(set.generation())
            .setNode(set.node().value())
            .setRounds(toProto(set.rounds()));
    set.rules().forEach(rule -> message.addRules(toProto(rule)));
    // Sorted, so that equal rule sets are equal messages.
    new TreeMap<>(set.peerLatencyPicos())
        .forEach((peer, picos) -> message.putPeerLatencyPicos(peer.value(), picos));
    return message.build();
  }

  static RuleSet fromProto(net.bellwether.v1.RuleSet message) {
    Map<NodeId, Long> latencies = new LinkedHashMap<>();
    message
        .getPeerLatencyPicosMap()
        .forEach((peer, picos) -> latencies.put(NodeId.of(peer), picos));
    return new RuleSet(
        FlowId.of(message.getFlow()),
        message.getGeneration(),
        NodeId.of(message.getNode()),
        fromProto(message.getRounds()),
        message.getRulesList().stream().map(RuleMessages::fromProto).toList(),
        latencies);
  }

  static net.bellwether.v1.Rounds toProto(Rounds rounds) {
    return net.bellwether.v1.Rounds.newBuilder()
        .setStartPicos(rounds.startPicos())
        .setAttemptPicos(rounds.attemptPicos())
        .setPeriodPicos(rounds.periodPicos())
        .setCount(rounds.count())
        .build();
  }

  static Rounds fromProto(net.bellwether.v1.Rounds rounds) {
    return new Rounds(
        rounds.getStartPicos(),
        rounds.getAttemptPicos(),
        rounds.getPeriodPicos(),
        rounds.getCount());
  }

  static net.bellwether.v1.Rule toProto(Rule rule) {
    net.bellwether.v1.Rule.Builder message = net.bellwether.v1.Rule.newBuilder();
    return switch (rule) {
      case Rule.Attempt(int stage, LinkId link, String mode, int multiplexing, NodeId peer) ->
          message
              .setAttempt(
                  AttemptRule.newBuilder()
                      .setStage(stage)
                      .setLink(link.value())
                      .setMode(mode)
                      .setMultiplexing(multiplexing)
                      .setPeer(peer.value()))
              .build();
      case Rule.Swap(int left, int right, int result, NodeId leftEnd, NodeId rightEnd) ->
          message
              .setSwap(
                  SwapRule.newBuilder()
                      .setLeftStage(left)
                      .setRightStage(right)
                      .setResultStage(result)
                      .setLeftEnd(leftEnd.value())
                      .setRightEnd(rightEnd.value()))
              .build();
      case Rule.Purify(
              int kept,
              int sacrificed,
              int output,
              PurificationProtocol protocol,
              NodeId peer,
              boolean initiator) ->
          message
              .setPurify(
                  PurifyRule.newBuilder()
                      .setKeptStage(kept)
                      .setSacrificedStage(sacrificed)
                      .setOutputStage(output)
                      .setProtocol(Vocabulary.toProto(protocol))
                      .setPeer(peer.value())
                      .setInitiator(initiator))
              .build();
      case Rule.Measure(int stage, BasisPolicy bases) ->
          message.setMeasure(measure(stage, bases)).build();
      case Rule.Deliver(int stage, NodeId peer, Rule.Consumer consumer) ->
          message
              .setDeliver(
                  DeliverRule.newBuilder()
                      .setStage(stage)
                      .setPeer(peer.value())
                      .setConsumer(toProto(consumer)))
              .build();
      case Rule.Keep keep -> message.setKeep(keep(keep)).build();
    };
  }

  static Rule fromProto(net.bellwether.v1.Rule message) {
    return switch (message.getRuleCase()) {
      case ATTEMPT -> attempt(message.getAttempt());
      case SWAP -> swap(message.getSwap());
      case PURIFY -> purify(message.getPurify());
      case MEASURE -> measure(message.getMeasure());
      case DELIVER -> deliver(message.getDeliver());
      case KEEP -> keep(message.getKeep());
      case RULE_NOT_SET -> throw Vocabulary.unknown("rule", message.getRuleCase());
    };
  }

  private static Rule attempt(AttemptRule rule) {
    return new Rule.Attempt(
        rule.getStage(),
        LinkId.of(rule.getLink()),
        rule.getMode(),
        rule.getMultiplexing(),
        NodeId.of(rule.getPeer()));
  }

  private static Rule swap(SwapRule rule) {
    return new Rule.Swap(
        rule.getLeftStage(),
        rule.getRightStage(),
        rule.getResultStage(),
        NodeId.of(rule.getLeftEnd()),
        NodeId.of(rule.getRightEnd()));
  }

  private static Rule purify(PurifyRule rule) {
    return new Rule.Purify(
        rule.getKeptStage(),
        rule.getSacrificedStage(),
        rule.getOutputStage(),
        Vocabulary.fromProto(rule.getProtocol()),
        NodeId.of(rule.getPeer()),
        rule.getInitiator());
  }

  private static MeasureRule.Builder measure(int stage, BasisPolicy bases) {
    MeasureRule.Builder rule = MeasureRule.newBuilder().setStage(stage);
    return switch (bases) {
      case BasisPolicy.RandomBases(double probability, int tomographyEvery) ->
          rule.setRandom(
              RandomBases.newBuilder()
                  .setKeyBasisProbability(probability)
                  .setTomographyEvery(tomographyEvery));
      case BasisPolicy.BySequence() -> rule.setBySequence(BasesBySequence.getDefaultInstance());
    };
  }

  private static Rule measure(MeasureRule rule) {
    BasisPolicy bases =
        switch (rule.getBasesCase()) {
          case RANDOM ->
              new BasisPolicy.RandomBases(
                  rule.getRandom().getKeyBasisProbability(), rule.getRandom().getTomographyEvery());
          case BY_SEQUENCE -> new BasisPolicy.BySequence();
          case BASES_NOT_SET -> throw Vocabulary.unknown("bases", rule.getBasesCase());
        };
    return new Rule.Measure(rule.getStage(), bases);
  }

  private static Rule deliver(DeliverRule rule) {
    Rule.Consumer consumer =
        switch (rule.getConsumer()) {
          case PAIR_CONSUMER_KEY_DISTILLATION -> Rule.Consumer.KEY_DISTILLATION;
          case PAIR_CONSUMER_LINK_TEST -> Rule.Consumer.LINK_TEST;
          case PAIR_CONSUMER_UNSPECIFIED, UNRECOGNIZED ->
              throw Vocabulary.unknown("consumer", rule.getConsumer());
        };
    return new Rule.Deliver(rule.getStage(), NodeId.of(rule.getPeer()), consumer);
  }

  private static KeepRule keep(Rule.Keep rule) {
    return KeepRule.newBuilder()
        .setStage(rule.stage())
        .setPeer(rule.peer().value())
        .setTenant(rule.application().tenant())
        .setApplication(rule.application().name())
        .setHoldPicos(rule.holdPicos())
        .setPrediction(Vocabulary.toProto(rule.prediction()))
        .build();
  }

  private static Rule keep(KeepRule rule) {
    return new Rule.Keep(
        rule.getStage(),
        NodeId.of(rule.getPeer()),
        new Application(rule.getTenant(), rule.getApplication()),
        rule.getHoldPicos(),
        Vocabulary.fromProto(rule.getPrediction()));
  }

  private static PairConsumer toProto(Rule.Consumer consumer) {
    return switch (consumer) {
      case KEY_DISTILLATION -> PairConsumer.PAIR_CONSUMER_KEY_DISTILLATION;
      case LINK_TEST -> PairConsumer.PAIR_CONSUMER_LINK_TEST;
    };
  }
}
