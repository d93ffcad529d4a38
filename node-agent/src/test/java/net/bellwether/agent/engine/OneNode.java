package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.FLOW;
import static net.bellwether.agent.engine.Lines.header;
import static net.bellwether.agent.engine.Lines.pair;
import static net.bellwether.agent.engine.Lines.ruleSet;
import static net.bellwether.agent.engine.Lines.swapped;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// One engine with its effects as lines, and short names for its rules and what it hears: a
/// repeater b between a and c, or an end.
final class OneNode {
  static final NodeId A = NodeId.of("a");
  static final NodeId B = NodeId.of("b");
  static final NodeId C = NodeId.of("c");
  private static final BasisPolicy BY_SEQUENCE = new BasisPolicy.BySequence();

  /// Nine attempts a round: (1000 - 50) / 100.
  private static final AttemptTiming TIMING = new AttemptTiming(100_000_000, 50_000_000);

  final Lines lines = new Lines();

  RuleEngine engine(String node, Rule... rules) {
    RuleEngine engine = new RuleEngine(NodeId.of(node), 7, new SplittableRandom(1), lines);
    engine.attached(NetworkTime.startOfFrame(99), 8, Map.of(LinkId.of("ab"), TIMING));
    assertThat(engine.prepare(ruleSet(node, 1, rules))).isEqualTo(new Installation.Accepted());
    assertThat(engine.activate(FLOW, 1, 100)).isEqualTo(new Installation.Accepted());
    engine.settle(NetworkTime.startOfFrame(100));
    lines.take();
    return engine;
  }

  static Rule attempt(int stage, String link, NodeId peer) {
    return new Rule.Attempt(stage, LinkId.of(link), "m", 4, peer);
  }

  static Rule deliver(int stage, NodeId peer) {
    return new Rule.Deliver(stage, peer, Rule.Consumer.KEY_DISTILLATION);
  }

  static Rule measure(int stage) {
    return new Rule.Measure(stage, BY_SEQUENCE);
  }

  static Rule purify(boolean initiator, NodeId peer) {
    return new Rule.Purify(0, 0, 1, PurificationProtocol.DEJMPS, peer, initiator);
  }

  RuleEngine repeater() {
    return engine("b", attempt(0, "ab", A), attempt(1, "bc", C), new Rule.Swap(0, 1, 2, A, C));
  }

  RuleEngine endNode() {
    return engine("c", attempt(1, "bc", B), measure(1), deliver(2, A));
  }

  static PairMessage notice(int sequence, Pauli frame, boolean succeeded) {
    return new PairMessage.SwapNotice(
        header(5200), 2, pair("bc", sequence), swapped("b", 1), frame, succeeded, A);
  }

  static void assertNothingIsLeft(RuleEngine engine) {
    engine.settle(NetworkTime.startOfFrame(130));
    assertThat(engine.count().livePairCount()).isZero();
    assertThat(engine.count().heldMessageCount()).isZero();
    assertThat(engine.count().openRoundCount()).isZero();
    assertThat(engine.count().pendingCommandCount()).isZero();
  }

  static Herald heraldIn(long frame, String link, long sequence, long micros) {
    int stage = link.equals("ab") ? 0 : 1;
    NetworkTime time = new NetworkTime(frame, micros * 1_000_000);
    return new Herald(pair(link, sequence), time, Pauli.I, FLOW, 1, stage);
  }
}
