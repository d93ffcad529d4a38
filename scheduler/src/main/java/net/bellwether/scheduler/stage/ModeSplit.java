package net.bellwether.scheduler.stage;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.view.LinkMode;

/// How the modes of one link are divided among the leaf stages that use it: in proportion to the
/// attempts that one finished pair takes of each, and to each at least what one finished pair takes
/// where nothing fails, because a mode makes one pair a round at most.
final class ModeSplit {
  private static final double IMPROBABLE = 1e-12;

  private final LinkMode link;
  private final List<Leaf> leaves = new ArrayList<>();

  /// A stage, the modes that it must have, and the attempts that it takes.
  private record Leaf(int number, int least, double attempts) {}

  ModeSplit(LinkMode link) {
    this.link = link;
  }

  void add(Stage leaf, LinkMode mode, Demand demand) {
    leaves.add(
        new Leaf(
            leaf.number(),
            demand.least()[leaf.number()],
            demand.pairs()[leaf.number()]
                / Math.max(IMPROBABLE, mode.attemptSuccessProbability())));
  }

  LinkMode link() {
    return link;
  }

  /// Modes without which nothing is ever finished.
  int least() {
    return leaves.stream().mapToInt(Leaf::least).sum();
  }

  /// All modes of the link that a flow with `memoryShare` of them uses.
  int modes(double memoryShare) {
    return Math.max(least(), link.multiplexingOf(memoryShare));
  }

  /// Those of the leaf with this number.
  int modesOf(int number, double memoryShare) {
    int[] part = divided(modes(memoryShare));
    for (int i = 0; i < part.length; i++) {
      if (leaves.get(i).number() == number) {
        return part[i];
      }
    }
    throw new IllegalArgumentException(
        "stage (%d) must be one of link %s".formatted(number, link.link()));
  }

  private int[] divided(int modes) {
    double total = leaves.stream().mapToDouble(Leaf::attempts).sum();
    int[] part = new int[leaves.size()];
    int left = modes;
    for (int i = 0; i < part.length; i++) {
      Leaf leaf = leaves.get(i);
      part[i] = Math.max(leaf.least(), (int) (modes * (leaf.attempts() / total)));
      left -= part[i];
    }
    for (; left > 0; left--) {
      part[neediest(part)]++;
    }
    for (; left < 0; left++) {
      part[richest(part)]--;
    }
    return part;
  }

  private int neediest(int[] part) {
    int neediest = 0;
    for (int i = 1; i < part.length; i++) {
      if (supply(part, i) < supply(part, neediest)) {
        neediest = i;
      }
    }
    return neediest;
  }

  /// Of those that have more than they must have; there is one as long as parts exceed modes.
  private int richest(int[] part) {
    int richest = -1;
    for (int i = 0; i < part.length; i++) {
      if (part[i] > leaves.get(i).least()
          && (richest < 0 || supply(part, i) > supply(part, richest))) {
        richest = i;
      }
    }
    return richest;
  }

  private double supply(int[] part, int leaf) {
    return part[leaf] / leaves.get(leaf).attempts();
  }
}
