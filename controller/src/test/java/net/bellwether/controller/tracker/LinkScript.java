package net.bellwether.controller.tracker;

import java.util.List;
import java.util.Random;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.time.NetworkTime;

/// A link that does what a test says, and both ends' reports of it: one a second, outcomes with
/// readout errors.
public final class LinkScript {
  private static final BasisPolicy.BySequence BASES = new BasisPolicy.BySequence();

  private final LinkMode mode;
  private final double readoutError;
  private final Random random;
  private long sequence;

  public LinkScript(LinkMode mode, double readoutError, long seed) {
    this.mode = mode;
    this.readoutError = readoutError;
    this.random = new Random(seed);
  }

  public LinkId link() {
    return mode.link();
  }

  /// Outcomes of both ends for test pairs.
  public record Outcomes(long epoch, OutcomeFrame atA, OutcomeFrame atB) {}

  public Outcomes test(int pairs, BellDiagonal state) {
    OutcomeFrame.Writer atA = new OutcomeFrame.Writer();
    OutcomeFrame.Writer atB = new OutcomeFrame.Writer();
    for (int i = 0; i < pairs; i++) {
      sequence++;
      Basis basis = BASES.basis(sequence);
      boolean bit = random.nextBoolean();
      boolean flips = random.nextDouble() < state.qber(basis);
      atA.add(sequence, read(bit));
      atB.add(sequence, read(bit ^ flips));
    }
    return new Outcomes(7, atA.frame(), atB.frame());
  }

  private boolean read(boolean bit) {
    return bit ^ (random.nextDouble() < readoutError);
  }

  /// Attempts that lead to `heralds` heralds as declared.
  public long attempts(long heralds) {
    return (long) ((double) heralds / mode.attemptSuccessProbability());
  }

  /// Heralds among `attempts` when the link succeeds `factor` times as often as declared.
  public long heralds(long attempts, double factor) {
    double mean = (double) attempts * mode.attemptSuccessProbability() * factor;
    return Math.max(0, Math.round(mean + random.nextGaussian() * Math.sqrt(mean)));
  }

  void report(
      FidelityTracker tracker, NetworkTime to, int pairs, BellDiagonal state, double factor) {
    Outcomes outcomes = test(pairs, state);
    long attempts = attempts(200);
    long heralds = heralds(attempts, factor);
    for (NodeId end : List.of(mode.a(), mode.b())) {
      tracker.counted(end, mode.link(), mode.mode(), attempts, heralds, to);
      tracker.tested(
          end,
          mode.link(),
          mode.mode(),
          outcomes.epoch(),
          end.equals(mode.a()) ? outcomes.atA() : outcomes.atB(),
          to);
    }
  }
}
