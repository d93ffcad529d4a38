package net.bellwether.scheduler;

import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.PurificationProtocol;

/// Trees of every shape over a chain of nodes, from a seed: swaps anywhere; nested purification,
/// pumping and mixtures at any span.
final class RandomTrees {
  private static final List<String> MODES = List.of("fine", "middle", "bright");

  private final SplittableRandom random;
  private final List<String> nodes;

  /// `nodes` are joined in their order.
  RandomTrees(long seed, List<String> nodes) {
    this.random = new SplittableRandom(seed);
    this.nodes = nodes;
  }

  Plan next(int purifications) {
    return span(0, nodes.size() - 1, purifications);
  }

  private Plan span(int from, int to, int purifications) {
    if (purifications > 0 && random.nextInt(to - from + 1) < 2) {
      Plan kept = span(from, to, purifications - 1);
      Plan sacrificed =
          random.nextInt(3) == 0 ? kept : span(from, to, random.nextInt(purifications));
      return new Plan.Purify(kept, sacrificed, protocol());
    }
    if (to == from + 1) {
      String left = nodes.get(from);
      String right = nodes.get(to);
      return new Plan.Generate(
          LinkId.of(TextNetwork.node(left) + "-" + TextNetwork.node(right)),
          MODES.get(random.nextInt(MODES.size())),
          TextNetwork.node(left),
          TextNetwork.node(right));
    }
    int at = from + 1 + random.nextInt(to - from - 1);
    int here = purifications == 0 ? 0 : random.nextInt(purifications + 1);
    return Plans.swap(span(from, at, here), span(at, to, purifications - here));
  }

  private PurificationProtocol protocol() {
    return random.nextBoolean() ? PurificationProtocol.DEJMPS : PurificationProtocol.BBPSSW;
  }
}
