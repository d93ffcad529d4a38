package net.bellwether.controller.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

class ClockJudgeTest {
  private static final long MILLI = 1_000_000L;
  private static final int SEEDS = 300;

  /// Nodes with their clocks' offsets, and what neighbours measure of each other.
  private static final class Clocks {
    final Map<String, Long> millis = new TreeMap<>();
    final List<String[]> links = new ArrayList<>();
    long uncertaintyMillis = 1;

    /// For example `a r b`: links a-r and r-b.
    Clocks chain(String nodes) {
      String[] words = nodes.split(" ", -1);
      for (int i = 0; i < words.length; i++) {
        millis.putIfAbsent(words[i], 0L);
        if (i > 0) {
          links.add(new String[] {words[i - 1], words[i]});
        }
      }
      return this;
    }

    Clocks off(String node, long by) {
      millis.put(node, by);
      return this;
    }

    Map<NodeId, Map<NodeId, ClockOffset>> figures() {
      Map<NodeId, Map<NodeId, ClockOffset>> figures = new LinkedHashMap<>();
      for (String[] link : links) {
        put(figures, link[0], link[1]);
        put(figures, link[1], link[0]);
      }
      return figures;
    }

    private void put(Map<NodeId, Map<NodeId, ClockOffset>> figures, String node, String peer) {
      long ahead = millis.getOrDefault(peer, 0L) - millis.getOrDefault(node, 0L);
      figures
          .computeIfAbsent(NodeId.of(node), _ -> new TreeMap<>())
          .put(NodeId.of(peer), new ClockOffset(ahead * MILLI, uncertaintyMillis * MILLI));
    }

    Set<String> out() {
      return outOf(ClockJudge.judge(Map.of(), figures()));
    }
  }

  private static Set<String> outOf(Map<NodeId, ClockVerdict> verdicts) {
    return verdicts.entrySet().stream()
        .filter(entry -> entry.getValue().outOfBound())
        .map(entry -> entry.getKey().value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void clocksThatAgreeAreInBound() {
    Clocks clocks = new Clocks().chain("a r b").off("a", 3).off("b", -4);
    assertThat(clocks.out()).isEmpty();
    assertThat(ClockJudge.judge(Map.of(), clocks.figures())).hasSize(3);
  }

  @Test
  void repeaterThatIsOffIsOutAndItsNeighboursAreNot() {
    assertThat(new Clocks().chain("a r b").off("r", 300).out()).containsExactly("r");
    assertThat(new Clocks().chain("a r b").off("r", -300).out()).containsExactly("r");
  }

  @Test
  void endThatIsOffIsOutAndItsOnlyNeighbourIsNot() {
    assertThat(new Clocks().chain("a r b").off("a", 300).out()).containsExactly("a");
  }

  @Test
  void hubThatIsOffIsOutThoughEveryLeafIsMeasuredByItAlone() {
    Clocks star = new Clocks().chain("a hub b").chain("c hub d").off("hub", 300);
    assertThat(star.out()).containsExactly("hub");
  }

  @Test
  void neighboursThatAreOffTogetherAreOutWhereMostAreRight() {
    Clocks ring = new Clocks().chain("a b c d e a").off("b", 300).off("c", 300);
    assertThat(ring.out()).containsExactly("b", "c");
  }

  @Test
  void ofTwoThatDisagreeNobodyKnowsWhichIsRightSoBothAreOut() {
    assertThat(new Clocks().chain("a b").off("a", 300).out()).containsExactly("a", "b");
  }

  @Test
  void whatMayBeUncertaintyIsNotHeldAgainstANode() {
    Clocks clocks = new Clocks().chain("a r b").off("a", 100);
    clocks.uncertaintyMillis = 60;
    assertThat(clocks.out()).isEmpty();
    clocks.uncertaintyMillis = 40;
    assertThat(clocks.out()).containsExactly("a");
  }

  @Test
  void offsetIsStatedFromTheNetworksTime() {
    Clocks clocks = new Clocks().chain("a r b").off("r", 300);
    assertThat(ClockJudge.judge(Map.of(), clocks.figures()))
        .containsEntry(NodeId.of("r"), new ClockVerdict(new ClockOffset(300 * MILLI, MILLI), true));
  }

  @Test
  void endsThatContradictEachOtherProveNothing() {
    Clocks clocks = new Clocks().chain("a r b");
    Map<NodeId, Map<NodeId, ClockOffset>> figures = clocks.figures();
    // r lies, or its window has not yet passed.
    figures.put(
        NodeId.of("r"),
        Map.of(
            NodeId.of("a"),
            new ClockOffset(300 * MILLI, 0),
            NodeId.of("b"),
            new ClockOffset(0, 0)));
    assertThat(outOf(ClockJudge.judge(Map.of(), figures))).isEmpty();
  }

  @Test
  void nodeThatWasOutIsInAgainOnceItsFigureIsWithinTheBound() {
    Clocks clocks = new Clocks().chain("a r b").off("r", 300);
    var out = ClockJudge.judge(Map.of(), clocks.figures());
    var near = ClockJudge.judge(out, clocks.off("r", 51).figures());
    assertThat(outOf(near)).containsExactly("r");
    assertThat(outOf(ClockJudge.judge(Map.of(), clocks.off("r", 51).figures()))).isEmpty();
    assertThat(outOf(ClockJudge.judge(near, clocks.off("r", 49).figures()))).isEmpty();
  }

  @Test
  void nodeThatNobodyMeasuresStaysAsItWas() {
    Clocks clocks = new Clocks().chain("a r b").off("r", 300);
    var out = ClockJudge.judge(Map.of(), clocks.figures());
    assertThat(outOf(ClockJudge.judge(out, Map.of()))).containsExactly("r");
    assertThat(ClockJudge.judge(out, Map.of())).containsOnlyKeys(NodeId.of("r"));
  }

  @Test
  void anyMinorityIsFoundInAnyNetwork() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int nodes = 3 + random.nextInt(20);
      Clocks clocks = new Clocks();
      // A tree, and some links more.
      for (int node = 1; node < nodes; node++) {
        clocks.chain("n" + random.nextInt(node) + " n" + node);
      }
      for (int more = random.nextInt(nodes); more > 0; more--) {
        clocks.chain("n" + random.nextInt(nodes) + " n" + random.nextInt(nodes));
      }
      Set<String> wrong = new TreeSet<>();
      while (wrong.size() < (nodes - 1) / 2) {
        wrong.add("n" + random.nextInt(nodes));
      }
      for (String node : clocks.millis.keySet()) {
        clocks.off(node, random.nextLong(-5, 6));
      }
      for (String node : wrong) {
        clocks.off(node, (random.nextBoolean() ? 1 : -1) * random.nextLong(100, 3_600_000));
      }
      assertThat(clocks.out()).as("seed %d", seed).isEqualTo(wrong);
    }
  }

  @Test
  void absurdFiguresAreFarOffAndNoMore() {
    NodeId a = NodeId.of("a");
    NodeId b = NodeId.of("b");
    NodeId c = NodeId.of("c");
    Map<NodeId, Map<NodeId, ClockOffset>> figures =
        Map.of(
            a, Map.of(b, new ClockOffset(0, 0), c, new ClockOffset(Long.MIN_VALUE, 0)),
            b, Map.of(c, new ClockOffset(Long.MIN_VALUE, Long.MAX_VALUE)));
    assertThat(outOf(ClockJudge.judge(Map.of(), figures))).containsExactly("c");
  }
}
