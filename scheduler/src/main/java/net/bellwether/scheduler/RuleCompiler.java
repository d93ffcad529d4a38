package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;

/// Cuts a plan into one rule set for each node that has a part in it.
public final class RuleCompiler {
  private RuleCompiler() {}

  /// The rule sets of a session's flow, by node along the path. Both ends measure as `bases` say,
  /// as soon as no later purification needs their qubit, and deliver to key distillation. Refuses
  /// (IllegalArgumentException) what agents cannot run, what the view lacks, a node with fewer
  /// qubits than the plan needs, and a grant whose rounds leave the plan's messages no time.
  public static SequencedMap<NodeId, RuleSet> compile(
      FlowId flow, long generation, Plan plan, Grant grant, NetworkView view, BasisPolicy bases) {
    StagedPlan staged = StagedPlan.of(plan, view);
    SequencedMap<NodeId, List<Rule>> rules = making(staged, grant, view);
    addFinish(staged, bases, rules);
    return ruleSets(flow, generation, grant.rounds(), rules, staged);
  }

  /// The rule sets of a session's flow whose ends keep their halves for applications, with the
  /// state that is predicted at delivery. Refuses the same.
  public static SequencedMap<NodeId, RuleSet> compile(
      FlowId flow, long generation, Plan plan, Grant grant, NetworkView view, Keeping keeping) {
    StagedPlan staged = StagedPlan.of(plan, view, Ending.KEPT);
    SequencedMap<NodeId, List<Rule>> rules = making(staged, grant, view);
    addKeeping(staged, Evaluator.evaluate(staged, view, grant).state(), view, keeping, rules);
    return ruleSets(flow, generation, grant.rounds(), rules, staged);
  }

  /// Everything but what the ends do with finished pairs.
  private static SequencedMap<NodeId, List<Rule>> making(
      StagedPlan staged, Grant grant, NetworkView view) {
    Rounds rounds = grant.rounds();
    if (rounds.periodPicos() - staged.tailPicos() <= 0) {
      throw new IllegalArgumentException(
          "rounds.periodPicos (%d) must be longer than the tail of the plan's messages (%d ps)"
              .formatted(rounds.periodPicos(), staged.tailPicos()));
    }
    MemoryShare.lack(staged, view)
        .ifPresent(lack -> {
          throw new IllegalArgumentException(lack);
        });
    SequencedMap<NodeId, List<Rule>> rules = new LinkedHashMap<>();
    staged.nodes().forEach(node -> rules.put(node, new ArrayList<>()));
    for (Stage stage : staged.stages()) {
      addMaking(stage, staged, grant, rules);
    }
    return rules;
  }

  private static void addMaking(
      Stage stage, StagedPlan staged, Grant grant, Map<NodeId, List<Rule>> rules) {
    switch (stage.origin()) {
      case Origin.Generated(LinkMode mode) -> {
        int multiplexing = staged.multiplexing(stage, mode, grant.memoryShare());
        for (NodeId end : List.of(stage.left(), stage.right())) {
          add(
              rules,
              end,
              new Rule.Attempt(
                  stage.number(), mode.link(), mode.mode(), multiplexing, mode.peerOf(end)));
        }
      }
      case Origin.Swapped swapped ->
          add(
              rules,
              swapped.at(),
              new Rule.Swap(
                  swapped.leftInput().number(),
                  swapped.rightInput().number(),
                  stage.number(),
                  stage.left(),
                  stage.right()));
      case Origin.Purified purified -> {
        add(rules, purified.initiator(), purify(stage, purified, purified.responder(), true));
        add(rules, purified.responder(), purify(stage, purified, purified.initiator(), false));
      }
    }
  }

  private static Rule purify(
      Stage stage, Origin.Purified purified, NodeId peer, boolean initiator) {
    return new Rule.Purify(
        purified.kept().number(),
        purified.sacrificed().number(),
        stage.number(),
        purified.protocol(),
        peer,
        initiator);
  }

  private static void addFinish(
      StagedPlan staged, BasisPolicy bases, Map<NodeId, List<Rule>> rules) {
    Stage last = staged.last();
    add(rules, last.left(), new Rule.Measure(staged.leftMeasureStage(), bases));
    add(rules, last.right(), new Rule.Measure(staged.rightMeasureStage(), bases));
    var consumer = Rule.Consumer.KEY_DISTILLATION;
    add(rules, last.left(), new Rule.Deliver(last.number(), last.right(), consumer));
    add(rules, last.right(), new Rule.Deliver(last.number(), last.left(), consumer));
  }

  private static void addKeeping(
      StagedPlan staged,
      BellDiagonal delivered,
      NetworkView view,
      Keeping keeping,
      Map<NodeId, List<Rule>> rules) {
    int stage = staged.last().number();
    Node left = view.node(staged.last().left());
    Node right = view.node(staged.last().right());
    double misread = misreadProbability(left, right);
    add(
        rules,
        left.id(),
        new Rule.Keep(
            stage,
            right.id(),
            keeping.atLeft(),
            keeping.holdPicos(),
            new Prediction(delivered, left.memoryQubits(), right.memoryQubits(), misread)));
    add(
        rules,
        right.id(),
        new Rule.Keep(
            stage,
            left.id(),
            keeping.atRight(),
            keeping.holdPicos(),
            new Prediction(delivered, right.memoryQubits(), left.memoryQubits(), misread)));
  }

  /// That exactly one of two readouts errs.
  private static double misreadProbability(Node one, Node other) {
    double first = one.operations().readoutErrorProbability();
    double second = other.operations().readoutErrorProbability();
    return first * (1 - second) + second * (1 - first);
  }

  private static void add(Map<NodeId, List<Rule>> rules, NodeId node, Rule rule) {
    rules.computeIfAbsent(node, added -> new ArrayList<>()).add(rule);
  }

  private static SequencedMap<NodeId, RuleSet> ruleSets(
      FlowId flow,
      long generation,
      Rounds rounds,
      SequencedMap<NodeId, List<Rule>> rules,
      StagedPlan staged) {
    SequencedMap<NodeId, RuleSet> ruleSets = new LinkedHashMap<>();
    rules.forEach((node, list) -> {
      // To every node of the plan: which of them swap a pair that ends here is not in the rules.
      Map<NodeId, Long> latencies = new LinkedHashMap<>();
      for (NodeId peer : staged.nodes()) {
        if (!peer.equals(node)) {
          latencies.put(peer, staged.latencyPicos(node, peer));
        }
      }
      ruleSets.put(node, new RuleSet(flow, generation, node, rounds, list, latencies));
    });
    return Collections.unmodifiableSequencedMap(ruleSets);
  }
}
