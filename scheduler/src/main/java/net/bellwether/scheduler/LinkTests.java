package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;

/// Test flows: one for each mode of each link, in the first 5 ms of every frame, which no session
/// may use. Their pairs are measured and reported, and tell the fidelity tracker what the mode
/// really yields. All links are tested at once, so those of a node share its qubits: a test that
/// got none would make its link look dead.
public final class LinkTests {
  /// So many modes say enough about all, and leave qubits to sessions.
  private static final int MAX_MULTIPLEXING = 32;

  private static final int MAX_ROUNDS = 64;

  /// Longest name that a flow may have.
  private static final int MAX_NAME = 63;

  private LinkTests() {}

  /// Name of the flow that tests a mode: `test-LINK-MODE`, shortened where it would be too long.
  public static FlowId flowId(LinkId link, String mode) {
    String name = "test-" + link + "-" + mode;
    if (name.length() <= MAX_NAME && !name.endsWith("-")) {
      return FlowId.of(name);
    }
    // String.hashCode is specified, so the name is the same everywhere and for ever.
    String suffix = String.format(Locale.ROOT, "-%08x", name.hashCode());
    return FlowId.of(
        name.substring(0, Math.min(name.length(), MAX_NAME) - suffix.length()) + suffix);
  }

  /// The rule sets of all test flows of a view, by flow. A link so long that no herald returns
  /// within its window has none, nor has one at a node with fewer qubits than links.
  public static SequencedMap<FlowId, SequencedMap<NodeId, RuleSet>> compileAll(
      NetworkView view, long generation) {
    SequencedMap<LinkId, List<LinkMode>> byLink = new LinkedHashMap<>();
    for (LinkMode mode : view.linkModes()) {
      byLink.computeIfAbsent(mode.link(), link -> new ArrayList<>()).add(mode);
    }
    Map<NodeId, Integer> linkCounts = new LinkedHashMap<>();
    for (List<LinkMode> modes : byLink.values()) {
      linkCounts.merge(modes.getFirst().a(), 1, Integer::sum);
      linkCounts.merge(modes.getFirst().b(), 1, Integer::sum);
    }
    SequencedMap<FlowId, SequencedMap<NodeId, RuleSet>> flows = new LinkedHashMap<>();
    for (List<LinkMode> modes : byLink.values()) {
      for (int index = 0; index < modes.size(); index++) {
        LinkMode mode = modes.get(index);
        int multiplexing =
            Math.min(
                Math.min(mode.multiplexing(), MAX_MULTIPLEXING),
                Math.min(
                    qubitShare(view, linkCounts, mode.a()),
                    qubitShare(view, linkCounts, mode.b())));
        compile(mode, multiplexing, index, modes.size(), generation)
            .ifPresent(rules -> flows.put(flowId(mode.link(), mode.mode()), rules));
      }
    }
    return Collections.unmodifiableSequencedMap(flows);
  }

  /// Qubits of the node for each of its links.
  private static int qubitShare(NetworkView view, Map<NodeId, Integer> linkCounts, NodeId node) {
    return view.node(node).communicationQubits().count() / linkCounts.getOrDefault(node, 1);
  }

  /// The rule sets of one test flow, for the `modeIndex`-th of the link's `modeCount` modes, at
  /// both ends; none where no attempt fits its part of the window or there are no qubits for it.
  private static Optional<SequencedMap<NodeId, RuleSet>> compile(
      LinkMode mode, int multiplexing, int modeIndex, int modeCount, long generation) {
    if (multiplexing < 1) {
      return Optional.empty();
    }
    long length = SessionWindow.START_PICOS / modeCount;
    return rounds(mode, modeIndex * length, length)
        .map(rounds -> compile(mode, multiplexing, generation, rounds));
  }

  private static SequencedMap<NodeId, RuleSet> compile(
      LinkMode mode, int multiplexing, long generation, Rounds rounds) {
    SequencedMap<NodeId, RuleSet> ruleSets = new LinkedHashMap<>();
    for (NodeId end : List.of(mode.a(), mode.b())) {
      NodeId peer = mode.peerOf(end);
      List<Rule> rules =
          List.of(
              new Rule.Attempt(0, mode.link(), mode.mode(), multiplexing, peer),
              new Rule.Measure(0, new BasisPolicy.BySequence()),
              new Rule.Deliver(0, peer, Rule.Consumer.LINK_TEST));
      ruleSets.put(
          end,
          new RuleSet(
              flowId(mode.link(), mode.mode()),
              generation,
              end,
              rounds,
              rules,
              Map.of(peer, mode.classicalLatencyPicos())));
    }
    return Collections.unmodifiableSequencedMap(ruleSets);
  }

  /// The number of equal rounds that finds most pairs: more of them refill the modes more often,
  /// but each one waits for its last herald.
  private static Optional<Rounds> rounds(LinkMode mode, long startPicos, long lengthPicos) {
    Optional<Rounds> best = Optional.empty();
    double most = 0;
    for (int count = 1; count <= MAX_ROUNDS; count *= 2) {
      long period = lengthPicos / count;
      // A nanosecond is left so that no herald meets the end of its round.
      Rounds rounds = new Rounds(startPicos, period - 1_000, period, count);
      long attempts = rounds.attemptsPerRound(mode.attemptPeriodPicos(), mode.heraldLatencyPicos());
      double pairs =
          count * -StrictMath.expm1(attempts * StrictMath.log1p(-mode.attemptSuccessProbability()));
      if (attempts > 0 && pairs > most * 1.05) {
        best = Optional.of(rounds);
        most = pairs;
      }
    }
    return best;
  }
}
