package net.bellwether.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.bellwether.scheduler.Request.Objective;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.search.Answer;
import net.bellwether.scheduler.search.PlanSearch;
import net.bellwether.scheduler.search.Question;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;
import org.junit.jupiter.api.Test;

/// The search against every plan there is, on small random networks, with no label dropped.
class BruteForceTest {
  private static final int NETWORKS = 25;

  private record Way(double rate, BellDiagonal state) {}

  @Test
  void searchFindsTheBestPairRate() {
    int feasible = 0;
    for (int seed = 1; seed <= NETWORKS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double floor = 0.7 + 0.28 * random.nextDouble();
      feasible += compare(seed, randomNetwork(random), Objective.PAIR_RATE, floor, 2);
    }
    assertThat(feasible).isGreaterThan(NETWORKS / 3);
  }

  @Test
  void searchFindsTheBestKeyRate() {
    int feasible = 0;
    for (int seed = 1; seed <= NETWORKS; seed++) {
      NetworkView view = randomNetwork(new SplittableRandom(seed));
      feasible += compare(seed, view, Objective.SECRET_KEY_RATE, Math.nextUp(0.5), 2);
    }
    assertThat(feasible).isGreaterThan(NETWORKS / 3);
  }

  @Test
  void searchFindsTheBestOrderOfThreeLinks() {
    NetworkView view =
        TextNetwork.with()
            .modes(new GenerationMode("fine", 0.06))
            .operations(new Operations(0.99, 0.005, 0.5))
            .declared("A -20km- r -35km- s -10km- B");
    assertThat(compare(0, view, Objective.PAIR_RATE, 0.93, 3)).isEqualTo(1);
    assertThat(compare(0, view, Objective.SECRET_KEY_RATE, Math.nextUp(0.5), 3)).isEqualTo(1);
  }

  /// 1 where any plan meets the floor.
  private static int compare(
      int seed, NetworkView view, Objective objective, double floor, int maxHops) {
    NodeId from = TextNetwork.node("A");
    NodeId to = TextNetwork.node("B");
    double best = 0;
    for (Way way : allWays(view, from, to, maxHops)) {
      double value = value(way, view, from, to, objective);
      best = Math.max(best, way.state().fidelity() >= floor ? value : 0);
    }
    boolean forKey = objective == Objective.SECRET_KEY_RATE;
    Answer answer =
        PlanSearch.answer(
            new Question(
                view, from, to, forKey, floor, 1, Set.of(), Set.of(), maxHops, 20_000_000));
    double found = answer.candidates().isEmpty() ? 0 : answer.candidates().getFirst().value();
    assertThat(found).as("seed %d, floor %s", seed, floor).isCloseTo(best, within(best * 1e-9));
    assertThat(answer.upperBound()).as("seed %d", seed).isCloseTo(best, within(best * 1e-9));
    return best > 0 ? 1 : 0;
  }

  /// Two ends and two repeaters; each pair of them is joined with probability 0.7.
  private static NetworkView randomNetwork(SplittableRandom random) {
    String[] names = {"A", "r", "s", "B"};
    List<String> links = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      for (int j = i + 1; j < names.length; j++) {
        if (random.nextDouble() < 0.7) {
          links.add(names[i] + " -" + (5 + random.nextInt(60)) + "km- " + names[j]);
        }
      }
    }
    links.add("A -" + (100 + random.nextInt(60)) + "km- B");
    return TextNetwork.with()
        .operations(
            new Operations(
                0.97 + 0.03 * random.nextDouble(),
                0.01 * random.nextDouble(),
                random.nextBoolean() ? 1 : 0.5))
        .modes(
            new GenerationMode("fine", 0.01 + 0.05 * random.nextDouble()),
            new GenerationMode("bright", 0.08 + 0.15 * random.nextDouble()))
        .declared(String.join(";", links));
  }

  private static double value(
      Way way, NetworkView view, NodeId from, NodeId to, Objective objective) {
    return switch (objective) {
      case PAIR_RATE -> way.rate();
      case SECRET_KEY_RATE ->
          way.rate()
              * KeyYield.of(way.state(), view.node(from).operations(), view.node(to).operations())
                  .asymptoticBitsPerPair();
    };
  }

  private static List<Way> allWays(NetworkView view, NodeId from, NodeId to, int maxHops) {
    List<Way> all = new ArrayList<>();
    List<NodeId> path = new ArrayList<>(List.of(from));
    addPaths(view, to, path, new ArrayList<>(), maxHops, all);
    return all;
  }

  private static void addPaths(
      NetworkView view,
      NodeId to,
      List<NodeId> path,
      List<String> links,
      int maxHops,
      List<Way> all) {
    if (path.getLast().equals(to)) {
      all.addAll(ways(view, path, links, 0, links.size() - 1));
      return;
    }
    for (LinkMode mode : view.linkModes()) {
      NodeId here = path.getLast();
      if (!mode.mode().equals("fine") || !(mode.a().equals(here) || mode.b().equals(here))) {
        continue;
      }
      NodeId next = mode.peerOf(here);
      if (!path.contains(next) && links.size() < maxHops) {
        path.add(next);
        links.add(mode.link().value());
        addPaths(view, to, path, links, maxHops, all);
        path.removeLast();
        links.removeLast();
      }
    }
  }

  private static List<Way> ways(
      NetworkView view, List<NodeId> path, List<String> links, int from, int to) {
    List<Way> made = new ArrayList<>();
    if (from == to) {
      for (LinkMode mode : view.linkModes()) {
        if (mode.link().value().equals(links.get(from))) {
          made.add(new Way(mode.fluidPairsPerSecond(), mode.state()));
        }
      }
    }
    for (int cut = from; cut < to; cut++) {
      Operations at = view.node(path.get(cut + 1)).operations();
      for (Way left : ways(view, path, links, from, cut)) {
        for (Way right : ways(view, path, links, cut + 1, to)) {
          double rate = at.swapSuccessProbability() * Math.min(left.rate(), right.rate());
          made.add(new Way(rate, left.state().swapped(right.state(), at)));
        }
      }
    }
    return purified(view, made, path.get(from), path.get(to + 1));
  }

  private static List<Way> purified(NetworkView view, List<Way> ways, NodeId left, NodeId right) {
    List<Way> all = new ArrayList<>(ways);
    List<Way> last = ways;
    for (int round = 0; round < 3; round++) {
      List<Way> next = new ArrayList<>();
      for (Way way : last) {
        for (PurificationProtocol protocol : PurificationProtocol.values()) {
          var result =
              Purification.purify(
                  way.state(),
                  way.state(),
                  protocol,
                  view.node(left).operations(),
                  view.node(right).operations());
          next.add(new Way(way.rate() * result.successProbability() / 2, result.state()));
        }
      }
      all.addAll(next);
      last = next;
    }
    return all;
  }
}
