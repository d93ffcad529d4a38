package net.bellwether.controller.record;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.scheduler.Grant;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.wire.Vocabulary;

/// A flow with all its generations as a record. Rule sets are kept in the form they travel in.
final class FlowCode {
  private static final String KIND = "flow 1";

  private FlowCode() {}

  static byte[] write(Flow flow) {
    Lines.Writer out =
        new Lines.Writer(KIND)
            .put("id", flow.id())
            .put("wanted", flow.wanted())
            .put("last", flow.lastNumber())
            .put("generations", flow.generations().size());
    flow.generations().forEach(generation -> write(out, generation));
    return out.bytes();
  }

  private static void write(Lines.Writer out, Generation generation) {
    out.put("generation", generation.number()).put("activation", generation.activationFrame());
    switch (generation.purpose()) {
      case Purpose.LinkTest(LinkId link, String mode) ->
          out.put("purpose", "test").put("link", link).put("mode", mode);
      case Purpose.Route route -> write(out.put("purpose", "route"), route);
    }
    out.put("rule-sets", generation.ruleSets().size());
    for (RuleSet ruleSet : generation.ruleSets().values()) {
      out.putBytes("rules", Vocabulary.toProto(ruleSet).toByteArray());
    }
  }

  private static void write(Lines.Writer out, Purpose.Route route) {
    Rounds rounds = route.grant().rounds();
    out.put("plan", PlanCode.write(route.plan()))
        .put("start", rounds.startPicos())
        .put("attempt", rounds.attemptPicos())
        .put("period", rounds.periodPicos())
        .put("count", rounds.count())
        .put("memory-share", route.grant().memoryShare())
        .put("upper-bound", route.upperBound())
        .put("gap", route.gap())
        .put("labels", route.labelsSearched())
        .put("micros", route.planningMicros())
        .put("key-rate", route.plannedKeyBitsPerSecond())
        .put("block-key-bits", route.blockKeyBits());
  }

  static Flow read(String key, byte[] value) {
    Lines.Reader in = new Lines.Reader(key, value, KIND);
    FlowId id = FlowId.of(in.take("id"));
    boolean wanted = Boolean.parseBoolean(in.take("wanted"));
    long last = in.takeLong("last");
    long count = in.takeLong("generations");
    List<Generation> generations = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      generations.add(readGeneration(key, in));
    }
    return new Flow(id, wanted, last, generations);
  }

  private static Generation readGeneration(String key, Lines.Reader in) {
    long number = in.takeLong("generation");
    long activationFrame = in.takeLong("activation");
    Purpose purpose =
        in.take("purpose").equals("test")
            ? new Purpose.LinkTest(LinkId.of(in.take("link")), in.take("mode"))
            : readRoute(in);
    SequencedMap<NodeId, RuleSet> ruleSets = new LinkedHashMap<>();
    long count = in.takeLong("rule-sets");
    for (long i = 0; i < count; i++) {
      RuleSet ruleSet = readRuleSet(key, in.takeBytes("rules"));
      ruleSets.put(ruleSet.node(), ruleSet);
    }
    return new Generation(number, purpose, ruleSets, activationFrame);
  }

  private static Purpose.Route readRoute(Lines.Reader in) {
    return new Purpose.Route(
        PlanCode.read(in.take("plan")),
        new Grant(
            new Rounds(
                in.takeLong("start"),
                in.takeLong("attempt"),
                in.takeLong("period"),
                Math.toIntExact(in.takeLong("count"))),
            in.takeDouble("memory-share")),
        in.takeDouble("upper-bound"),
        in.takeDouble("gap"),
        in.takeLong("labels"),
        in.takeLong("micros"),
        in.takeDouble("key-rate"),
        Math.toIntExact(in.takeLong("block-key-bits")));
  }

  private static RuleSet readRuleSet(String key, byte[] bytes) {
    try {
      return Vocabulary.fromProto(net.bellwether.v1.RuleSet.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("record " + key + " must hold readable rule sets", e);
    }
  }
}
