package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<LinkId, Rule.Attempt> attempts = new LinkedHashMap<>();
  private final Map<Integer, StageRole> roles = new HashMap<>();
  private final Map<Integer, Rule.Measure> measures = new HashMap<>();
  private final Map<Integer, Rule.Purify> purifications = new HashMap<>();

  Program(RuleSet ruleSet) {
    this.ruleSet = ruleSet;
    require(ruleSet.rules().size() <= RULES_MAX, "rules", "be at most " + RULES_MAX);
    for (Rule rule : ruleSet.rules()) {
      add(rule);
    }
    for (Rule.Measure measure : measures.values()) {
      StageRole role = role(measure.stage());
      require(
          !(role instanceof StageRole.SwapInput) && !(role instanceof StageRole.PurifyInput),
          "measure stage " + measure.stage(),
          "not be an input of a swap or purification at the same node");
    }
    boolean delivers = roles.values().stream().anyMatch(StageRole.Finished.class::isInstance);
    require(
        !delivers || !measures.isEmpty(),
        "rules",
        "measure the pairs that they deliver (create-and-keep is not supported)");
  }

  private void add(Rule rule) {
    switch (rule) {
      case Rule.Attempt attempt -> {
        requireStage(attempt.stage());
        requireLatency(attempt.peer());
        require(attempt.multiplexing() >= 1, "multiplexing", "be at least 1");
        require(
            attempts.putIfAbsent(attempt.link(), attempt) == null,
            "link " + attempt.link(),
            "be attempted by one rule only");
      }
      case Rule.Swap swap -> {
        requireStage(swap.resultStage());
        requireLatency(swap.leftEnd());
        requireLatency(swap.rightEnd());
        assign(swap.leftStage(), new StageRole.SwapInput(swap));
        assign(swap.rightStage(), new StageRole.SwapInput(swap));
      }
      case Rule.Purify purify -> {
        requireStage(purify.outputStage());
        requireLatency(purify.peer());
        assign(purify.inputStage(), new StageRole.PurifyInput(purify));
        require(
            purifications.putIfAbsent(purify.outputStage(), purify) == null,
            "purify output stage " + purify.outputStage(),
            "be the output of one rule only");
      }
      case Rule.Measure measure -> {
        requireStage(measure.stage());
        require(
            measures.putIfAbsent(measure.stage(), measure) == null,
            "measure stage " + measure.stage(),
            "be measured by one rule only");
      }
      case Rule.Deliver deliver -> {
        requireStage(deliver.stage());
        assign(deliver.stage(), new StageRole.Finished(deliver));
        require(
            deliver.consumer() != Rule.Consumer.LINK_TEST
                || !attemptsInto(deliver.stage()).isEmpty(),
            "link test stage " + deliver.stage(),
            "be the stage of an attempt rule before it");
      }
    }
  }

  private void assign(int stage, StageRole role) {
    requireStage(stage);
    require(
        roles.putIfAbsent(stage, role) == null,
        "stage " + stage,
        "be the input of exactly one swap, purification or delivery");
  }

  private void requireStage(int stage) {
    require(stage >= 0 && stage <= STAGE_MAX, "stage " + stage, "be in [0, " + STAGE_MAX + "]");
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
    return List.copyOf(attempts.values());
  }

  Optional<Rule.Attempt> findAttempt(LinkId link) {
    return Optional.ofNullable(attempts.get(link));
  }

  private List<Rule.Attempt> attemptsInto(int stage) {
    List<Rule.Attempt> found = new ArrayList<>();
    for (Rule.Attempt attempt : attempts.values()) {
      if (attempt.stage() == stage) {
        found.add(attempt);
      }
    }
    return found;
  }

  StageRole role(int stage) {
    return roles.getOrDefault(stage, ELSEWHERE);
  }

  Rule.@Nullable Measure measureAt(int stage) {
    return measures.get(stage);
  }

  Optional<Rule.Purify> findPurification(int outputStage) {
    return Optional.ofNullable(purifications.get(outputStage));
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
