package net.bellwether.agent.distill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.bellwether.topology.pair.Basis;

/// Sorts sifted pairs into blocks. Both ends feed it the same pairs in the same order, so that
/// their blocks begin and end at the same pair: the test pairs of a block are those measured among
/// its key pairs, a random sample of them.
final class Gathering {
  private static final class Comparison {
    private final Basis basis;
    private long compared;
    private long errors;

    Comparison(Basis basis) {
      this.basis = basis;
    }

    void add(boolean error) {
      compared++;
      errors += error ? 1 : 0;
    }

    void report(List<DistillationEffect> effects) {
      if (compared > 0) {
        effects.add(new DistillationEffect.Compared(basis, compared, errors));
      }
    }
  }

  private final Deque<GatheredBlock> blocks = new ArrayDeque<>();
  private Bits key = new Bits(0);
  private int keyBits;
  private long testCompared;
  private long testErrors;

  /// Adds matching pairs: this end's outcomes and, outside the key basis, the other end's in order.
  /// A block that begins here gathers `blockKeyBits`.
  List<DistillationEffect> add(List<Outcome> matched, Bits others, int blockKeyBits) {
    Comparison test = new Comparison(Basis.X);
    Comparison tomography = new Comparison(Basis.Y);
    int disclosed = 0;
    for (Outcome outcome : matched) {
      switch (outcome.basis()) {
        case Z -> addKey(outcome.bit(), blockKeyBits);
        case X -> {
          boolean error = outcome.bit() != others.get(disclosed++);
          test.add(error);
          testCompared++;
          testErrors += error ? 1 : 0;
        }
        case Y -> tomography.add(outcome.bit() != others.get(disclosed++));
      }
    }
    List<DistillationEffect> effects = new ArrayList<>();
    test.report(effects);
    tomography.report(effects);
    return effects;
  }

  private void addKey(boolean bit, int blockKeyBits) {
    if (key.length() == 0) {
      keyBits = blockKeyBits;
      key = new Bits(keyBits);
    }
    key.append(bit);
    if (key.length() == keyBits) {
      blocks.add(new GatheredBlock(key, testCompared, testErrors));
      key = new Bits(0);
      testCompared = 0;
      testErrors = 0;
    }
  }

  boolean isFull() {
    return blocks.size() >= DistillationLimits.WAITING_BLOCKS;
  }

  boolean hasBlock() {
    return !blocks.isEmpty();
  }

  GatheredBlock next() {
    GatheredBlock block = blocks.poll();
    if (block == null) {
      throw new ProtocolViolation("no block has been gathered");
    }
    return block;
  }

  /// How many of `matched` are compared openly.
  static int disclosedCount(List<Outcome> matched) {
    return (int) matched.stream().filter(outcome -> outcome.basis() != Basis.Z).count();
  }

  /// This end's outcomes outside the key basis, in order.
  static Bits disclosed(List<Outcome> matched) {
    Bits bits = new Bits(matched.size());
    for (Outcome outcome : matched) {
      if (outcome.basis() != Basis.Z) {
        bits.append(outcome.bit());
      }
    }
    return bits;
  }
}
