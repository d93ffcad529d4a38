package net.bellwether.scheduler.judge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.PriceUnit;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Questions about random networks, from the seed that makes the network. Floors are drawn at
/// large, between what swaps alone reach and what purification can add, or just beyond it.
final class RandomInstances {
  private RandomInstances() {}

  /// One after the other.
  static Iterator<Instance> from(long seed) {
    return LongStream.iterate(seed, last -> last + 1).mapToObj(RandomInstances::of).iterator();
  }

  static Instance of(long seed) {
    var random = new SplittableRandom(seed);
    NetworkView view = RandomNetworks.view(random);
    List<NodeId> ids = List.copyOf(view.nodes().keySet());
    NodeId from = ids.get(random.nextInt(ids.size()));
    List<NodeId> others = new ArrayList<>(ids);
    others.remove(from);
    List<NodeId> apart = new ArrayList<>(others);
    if (random.nextInt(4) > 0) {
      view.linkModes().stream()
          .filter(mode -> mode.a().equals(from) || mode.b().equals(from))
          .forEach(mode -> apart.remove(mode.peerOf(from)));
    }
    List<NodeId> choice = apart.isEmpty() ? others : apart;
    NodeId to = choice.get(random.nextInt(choice.size()));
    others.remove(to);
    List<LinkId> links = view.linkModes().stream().map(LinkMode::link).distinct().toList();

    SequencedMap<LinkId, Double> prices = new LinkedHashMap<>();
    PriceUnit unit = random.nextBoolean() ? PriceUnit.PER_PAIR : PriceUnit.PER_LINK_SECOND;
    boolean equal = random.nextInt(4) == 0;
    for (LinkId link : links) {
      double price = StrictMath.pow(10, 1.5 * random.nextDouble());
      prices.put(link, random.nextInt(50) == 0 ? 0 : equal ? 1 : price);
    }
    int maxHops =
        switch (random.nextInt(8)) {
          case 0 -> 1 + random.nextInt(4);
          case 1 -> 5 + random.nextInt(4);
          default -> 16;
        };
    Objective objective = objective(random);
    List<NodeId> excludedNodes = draw(others, random.nextInt(10) == 0 ? 1 : 0, random);
    List<LinkId> excludedLinks = draw(links, random.nextInt(10) == 0 ? 1 : 0, random);
    others.removeAll(excludedNodes);
    List<LinkId> allowed = new ArrayList<>(links);
    allowed.removeAll(excludedLinks);
    List<NodeId> requiredNodes =
        draw(others, random.nextInt(8) == 0 ? 1 + random.nextInt(2) : 0, random);
    List<LinkId> requiredLinks =
        draw(allowed, random.nextInt(8) == 0 ? 1 + random.nextInt(2) : 0, random);
    PlanClass planClass = random.nextInt(3) == 0 ? PlanClass.NESTED : PlanClass.ANY;
    Instance open =
        new Instance(
            seed,
            view,
            from,
            to,
            objective,
            StateModel.WERNER,
            planClass,
            unit,
            prices,
            0.55,
            1,
            maxHops,
            excludedNodes,
            excludedLinks,
            requiredNodes,
            requiredLinks);
    return withFloors(open, random);
  }

  private static Objective objective(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> Objective.CHEAPEST;
      case 3, 4 -> Objective.PAIR_RATE;
      case 5, 6 -> Objective.SECRET_KEY_RATE;
      default -> Objective.FIDELITY;
    };
  }

  private static <T> List<T> draw(List<T> all, int count, SplittableRandom random) {
    List<T> left = new ArrayList<>(all);
    List<T> drawn = new ArrayList<>();
    while (drawn.size() < count && !left.isEmpty()) {
      drawn.add(left.remove(random.nextInt(left.size())));
    }
    return List.copyOf(drawn);
  }

  private static Instance withFloors(Instance open, SplittableRandom random) {
    double anywhere = 0.55 + 0.42 * random.nextDouble();
    // Never so close to what a plan reaches that rounding decides.
    double share = 0.03 + 0.97 * random.nextDouble();
    int choice = random.nextInt(10);
    double pace = StrictMath.pow(10, -0.9 * random.nextDouble());
    Setting setting = new Setting(open);
    if (!BruteForce.connected(setting)) {
      return withFloors(open, anywhere, 1);
    }
    var states = new WernerStates(setting.operations);
    double swapped = WernerStates.toFidelity(bySwapsAlone(setting, states));
    double attainable =
        WernerStates.toFidelity(
            new Relaxation(setting, states, Double.POSITIVE_INFINITY, 1, 1).best(0, 1));
    double gain = attainable - swapped;
    double floor =
        switch (choice) {
          case 0, 1 -> anywhere;
          case 2 -> attainable + 0.02 * share;
          // Here a cheaper mode or way may just not do.
          case 3, 4 -> swapped - 0.05 * share;
          // Most of the way is out of reach of few leaves.
          default -> swapped + (gain > 1e-4 ? gain * share * share * share : -0.05 * share);
        };
    double fastest = 1 / setting.distance[setting.from][setting.to];
    return withFloors(open, Math.clamp(floor, 0.5 + 1e-6, 1 - 1e-9), pace * fastest);
  }

  private static double bySwapsAlone(Setting setting, WernerStates states) {
    double[][] best = new double[setting.nodeCount][setting.nodeCount];
    for (int leaf = 0; leaf < setting.leafSpan.length; leaf++) {
      int u = setting.low(setting.leafSpan[leaf]);
      int v = setting.high(setting.leafSpan[leaf]);
      double w = WernerStates.ofFidelity(setting.leaves.get(leaf).state().fidelity());
      best[u][v] = Math.max(best[u][v], w);
      best[v][u] = best[u][v];
    }
    for (int node = 0; node < setting.nodeCount; node++) {
      for (int u = 0; setting.swaps[node] && u < setting.nodeCount; u++) {
        for (int v = 0; v < setting.nodeCount; v++) {
          best[u][v] = Math.max(best[u][v], states.swap(best[u][node], best[node][v], node));
        }
      }
    }
    return best[setting.from][setting.to];
  }

  private static Instance withFloors(Instance of, double fidelity, double pairsPerSecond) {
    return new Instance(
        of.seed(),
        of.view(),
        of.from(),
        of.to(),
        of.objective(),
        of.states(),
        of.planClass(),
        of.priceUnit(),
        of.prices(),
        fidelity,
        pairsPerSecond,
        of.maxHops(),
        of.excludedNodes(),
        of.excludedLinks(),
        of.requiredNodes(),
        of.requiredLinks());
  }
}
