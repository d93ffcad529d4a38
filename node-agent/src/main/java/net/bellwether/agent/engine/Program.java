package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// A rule set, checked and indexed by stage. What cannot be run without ambiguity is an
/// IllegalArgumentException that names the rule.
final class Program {
  /// Stages are numbered from 0; a plan has a few dozen operations.
  private static final int STAGE_MAX = 4095;

  private static final int RULES_MAX = 1024;

  private static final StageRole ELSEWHERE = new StageRole.SwappedElsewhere();

  private final RuleSet ruleSet;
  private final List<Rule.Attempt> attempts = new ArrayList<>();
  private final TreeSet<Integer> made = new TreeSet<>();

  /// By stage; asked for every pair.
  private final Rule.@Nullable Attempt[] attemptsInto;

  private final @Nullable StageRole[] roles;
  private final Rule.@Nullable Measure[] measures;
  private final Rule.@Nullable Purify[] purificationsInto;

  Program(RuleSet ruleSet) {
    this.ruleSet = ruleSet;
    require(ruleSet.rules().size() <= RULES_MAX, "rules", "be at most " + RULES_MAX);
    int stages = 1;
    for (Rule rule : ruleSet.rules()) {
      stages = Math.max(stages, highestStage(rule) + 1);
    }
    attemptsInto = new Rule.@Nullable Attempt[stages];
    roles = new @Nullable StageRole[stages];
    measures = new Rule.@Nullable Measure[stages];
    purificationsInto = new Rule.@Nullable Purify[stages];
    for (Rule rule : ruleSet.rules()) {
      add(rule);
    }
    boolean measured = false;
    boolean delivers = false;
    boolean keeps = false;
    for (int stage = 0; stage < stages; stage++) {
      measured |= measures[stage] != null;
      delivers |= roles[stage] instanceof StageRole.Finished;
      keeps |= roles[stage] instanceof StageRole.Kept;
      require(
          measures[stage] == null
              || !(roles[stage] instanceof StageRole.SwapInput
                  || roles[stage] instanceof StageRole.PurifyInput),
          "measure stage " + stage,
          "not be an input of a swap or purification at the same node");
    }
    require(
        !delivers || measured,
        "rules",
        "measure the pairs that they deliver (what an application is to measure is kept)");
    require(
        !keeps || (!measured && !delivers),
        "rules",
        "not measure or deliver pairs beside those they keep for an application");
  }

  private int highestStage(Rule rule) {
    int highest = 0;
    for (int stage : stages(rule)) {
      require(stage >= 0 && stage <= STAGE_MAX, "stage " + stage, "be in [0, " + STAGE_MAX + "]");
      highest = Math.max(highest, stage);
    }
    return highest;
  }

  private static List<Integer> stages(Rule rule) {
    return switch (rule) {
      case Rule.Attempt attempt -> List.of(attempt.stage());
      case Rule.Swap swap -> List.of(swap.leftStage(), swap.rightStage(), swap.resultStage());
      case Rule.Purify purify ->
          List.of(purify.keptStage(), purify.sacrificedStage(), purify.outputStage());
      case Rule.Measure measure -> List.of(measure.stage());
      case Rule.Deliver deliver -> List.of(deliver.stage());
      case Rule.Keep keep -> List.of(keep.stage());
    };
  }

  private void add(Rule rule) {
    switch (rule) {
      case Rule.Attempt attempt -> {
        requireLatency(attempt.peer());
        require(attempt.multiplexing() >= 1, "multiplexing", "be at least 1");
        make(attempt.stage());
        attempts.add(attempt);
        attemptsInto[attempt.stage()] = attempt;
      }
      case Rule.Swap swap -> {
        requireLatency(swap.leftEnd());
        requireLatency(swap.rightEnd());
        make(swap.resultStage());
        assign(swap.leftStage(), new StageRole.SwapInput(swap));
        assign(swap.rightStage(), new StageRole.SwapInput(swap));
      }
      case Rule.Purify purify -> {
        requireLatency(purify.peer());
        make(purify.outputStage());
        require(
            purify.outputStage() > Math.max(purify.keptStage(), purify.sacrificedStage()),
            "purify output stage " + purify.outputStage(),
            "be above its inputs");
        assign(purify.keptStage(), new StageRole.PurifyInput(purify));
        if (purify.sacrificedStage() != purify.keptStage()) {
          assign(purify.sacrificedStage(), new StageRole.PurifyInput(purify));
        }
        purificationsInto[purify.outputStage()] = purify;
      }
      case Rule.Measure measure -> {
        require(
            measures[measure.stage()] == null,
            "measure stage " + measure.stage(),
            "be measured by one rule only");
        measures[measure.stage()] = measure;
      }
      case Rule.Deliver deliver -> {
        assign(deliver.stage(), new StageRole.Finished(deliver));
        require(
            deliver.consumer() != Rule.Consumer.LINK_TEST || attemptsInto[deliver.stage()] != null,
            "link test stage " + deliver.stage(),
            "be the stage of an attempt rule before it");
      }
      case Rule.Keep keep -> {
        requireLatency(keep.peer());
        assign(keep.stage(), new StageRole.Kept(keep));
      }
    }
  }

  private void make(int stage) {
    require(made.add(stage), "stage " + stage, "be the result of one rule only");
  }

  private void assign(int stage, StageRole role) {
    require(
        roles[stage] == null,
        "stage " + stage,
        "be the input of exactly one swap, purification, delivery or keeping");
    roles[stage] = role;
  }

  private void requireLatency(NodeId peer) {
    Long latency = ruleSet.peerLatencyPicos().get(peer);
    require(
        latency != null && latency >= 0 && latency < NetworkTime.FRAME_PICOS,
        "peerLatencyPicos of " + peer,
        "be given, in [0, one frame)");
  }

  private void require(boolean holds, String what, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "rule set of flow "
              + ruleSet.flow()
              + ", generation "
              + ruleSet.generation()
              + ": "
              + what
              + " must "
              + rule);
    }
  }

  RuleSet ruleSet() {
    return ruleSet;
  }

  List<Rule.Attempt> attempts() {
    return attempts;
  }

  /// The rule whose pairs enter `stage`, if it is one that attempts on `link`.
  Rule.@Nullable Attempt attempt(int stage, LinkId link) {
    Rule.Attempt attempt = isStage(stage) ? attemptsInto[stage] : null;
    return attempt != null && attempt.link().equals(link) ? attempt : null;
  }

  /// Stages are below this.
  int stageCount() {
    return roles.length;
  }

  StageRole role(int stage) {
    StageRole role = isStage(stage) ? roles[stage] : null;
    return role == null ? ELSEWHERE : role;
  }

  Rule.@Nullable Measure measureAt(int stage) {
    return isStage(stage) ? measures[stage] : null;
  }

  Rule.@Nullable Purify purificationInto(int outputStage) {
    return isStage(outputStage) ? purificationsInto[outputStage] : null;
  }

  private boolean isStage(int stage) {
    return stage >= 0 && stage < roles.length;
  }

  boolean knowsLatencyTo(NodeId peer) {
    return ruleSet.peerLatencyPicos().containsKey(peer);
  }

  /// When a message stamped `stamp` by `sender` is here.
  NetworkTime arrival(NetworkTime stamp, NodeId sender) {
    Long latency = ruleSet.peerLatencyPicos().get(sender);
    if (latency == null) {
      throw new IllegalStateException("latency to " + sender + " must be known before it is used");
    }
    return stamp.plusPicos(latency);
  }

  /// Whether `start` is the start of a round of this rule set.
  boolean isRoundStart(NetworkTime start) {
    long offset = start.picos() - ruleSet.rounds().startPicos();
    return offset >= 0
        && offset % ruleSet.rounds().periodPicos() == 0
        && offset / ruleSet.rounds().periodPicos() < ruleSet.rounds().count();
  }
}
