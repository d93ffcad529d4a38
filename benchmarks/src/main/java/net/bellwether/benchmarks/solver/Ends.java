package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.topology.id.NodeId;

/// Two nodes that want pairs; `tooFar` where no path within the hop limit joins them.
record Ends(NodeId from, NodeId to, boolean tooFar) {

  /// How two nodes are drawn.
  enum Choice {
    /// Evenly among all end nodes.
    ANYWHERE("anywhere"),
    /// The first evenly, the second evenly among those at most 8 links away from it.
    NEAR("≤ 8 hops");

    static final int NEAR_HOPS = 8;

    private final String title;

    Choice(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static List<Ends> draw(TestNetwork network, Choice choice, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] ends = network.ends();
    List<Ends> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      int from = ends[random.nextInt(ends.length)];
      int[] others =
          switch (choice) {
            case ANYWHERE -> ends;
            case NEAR ->
                Arrays.stream(network.within(from, Choice.NEAR_HOPS))
                    .filter(network::isEnd)
                    .toArray();
          };
      int to = others[random.nextInt(others.length)];
      if (to != from) {
        drawn.add(of(network, choice, from, to));
      }
    }
    return drawn;
  }

  private static Ends of(TestNetwork network, Choice choice, int from, int to) {
    boolean tooFar =
        choice == Choice.ANYWHERE
            && Arrays.stream(network.within(from, Limits.DEFAULT_MAX_HOPS))
                .noneMatch(reached -> reached == to);
    return new Ends(network.id(from), network.id(to), tooFar);
  }
}
