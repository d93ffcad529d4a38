package net.bellwether.emulator.nature;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// Makes the pairs of one link. Attempts that fail are skipped, not tried one by one: of the modes
/// of all rounds of a frame it draws the distance to the next that succeeds at all, then which of
/// its attempts did, both geometric.
final class LinkSource {
  /// A success is one number, its time above the index of its agreement, so that a frame's are
  /// sorted without objects (`EmulatorBenchmark`). A frame has fewer than 2^37 picoseconds.
  private static final int AGREEMENT_BITS = 20;

  private static final int AGREEMENT_MASK = (1 << AGREEMENT_BITS) - 1;

  final Link link;
  private final boolean centralSource;
  private final Chance chance;
  private LinkCondition condition = LinkCondition.DECLARED;
  private LinkCondition nextCondition = LinkCondition.DECLARED;
  private long nextFrame;
  private Map<String, LinkPhysics> physicsByMode;
  private long nextSequence;
  private long attemptCount;
  private long[] successes = new long[64];
  private int successCount;

  LinkSource(Link link, Chance chance) {
    this.link = link;
    this.chance = chance;
    this.centralSource = link.heralding() instanceof Heralding.MiddleSource;
    this.physicsByMode = physics(1);
  }

  /// A pair that was made: when its qubits came into being and when both ends learnt of it.
  record Birth(
      long sequence,
      Agreement agreement,
      NetworkTime made,
      NetworkTime heralded,
      NetworkTime roundEnd,
      Pauli announced,
      Pauli hidden) {}

  /// IllegalArgumentException where its model does not hold for what befell the link.
  void befall(Happening.OfLink happening, long fromFrame) {
    if (happening instanceof Happening.RaiseDarkCounts raise) {
      requireModelled(raise);
    }
    begin(fromFrame - 1);
    nextCondition = nextCondition.after(happening, fromFrame);
    nextFrame = fromFrame;
  }

  private void begin(long frame) {
    if (frame >= nextFrame && !condition.equals(nextCondition)) {
      condition = nextCondition;
      physicsByMode = physics(condition.darkCountFactor());
    }
  }

  private void requireModelled(Happening.RaiseDarkCounts raise) {
    if (link.heralding().darkCountRateHz() == 0) {
      throw new IllegalArgumentException(
          "factor (%s) must befall a link whose detectors count in the dark, and darkCountRateHz of %s is 0"
              .formatted(raise.factor(), link.id()));
    }
    try {
      physics(raise.factor());
    } catch (IllegalArgumentException outside) {
      throw new IllegalArgumentException(
          "factor (%s) must leave link %s inside its model: %s"
              .formatted(raise.factor(), link.id(), outside.getMessage()),
          outside);
    }
  }

  private Map<String, LinkPhysics> physics(double darkCountFactor) {
    Heralding heralding = link.heralding();
    Link changed =
        link.with(heralding.withDarkCountRateHz(darkCountFactor * heralding.darkCountRateHz()));
    Map<String, LinkPhysics> byMode = new LinkedHashMap<>();
    for (GenerationMode mode : link.modes()) {
      byMode.put(mode.name(), LinkPhysics.of(changed, mode));
    }
    return byMode;
  }

  NatureReport.OfLink report(long frame) {
    begin(frame);
    return new NatureReport.OfLink(
        link.id(), condition, condition.whiteNoiseIn(frame), attemptCount, nextSequence);
  }

  /// Hands on all pairs of `frame`, in order of their heralds.
  void attempt(long frame, List<Agreement> agreements, Consumer<Birth> births) {
    begin(frame);
    successCount = 0;
    for (int index = 0; index < agreements.size(); index++) {
      attempt(agreements.get(index), index);
    }
    Arrays.sort(successes, 0, successCount);
    double whiteNoise = condition.whiteNoiseIn(frame);
    for (int i = 0; i < successCount; i++) {
      Agreement agreement = agreements.get((int) successes[i] & AGREEMENT_MASK);
      births.accept(birth(frame, agreement, successes[i] >>> AGREEMENT_BITS, whiteNoise));
    }
  }

  private LinkPhysics physicsOf(Agreement agreement) {
    return Objects.requireNonNull(physicsByMode.get(agreement.request().mode()));
  }

  private void attempt(Agreement agreement, int index) {
    Rounds rounds = agreement.request().rounds();
    LinkPhysics physics = physicsOf(agreement);
    long attempts =
        rounds.attemptsPerRound(physics.attemptPeriodPicos(), physics.heraldLatencyPicos());
    int multiplexing = agreement.modes();
    long modes = (long) rounds.count() * multiplexing;
    double p =
        condition.cut() ? 0 : physics.attemptSuccessProbability() * condition.successFactor();
    double logFailure = StrictMath.log1p(-p);
    double success = -StrictMath.expm1(attempts * logFailure);
    if (attempts == 0 || !(success > 0)) {
      attemptCount += modes * attempts;
      return;
    }
    double logModeFailure = attempts * logFailure;
    for (long mode = 0; mode < modes; mode++) {
      double distance = Math.floor(StrictMath.log(chance.positive()) / logModeFailure);
      if (distance >= modes - mode) {
        attemptCount += (modes - mode) * attempts;
        return;
      }
      long skipped = (long) distance;
      mode += skipped;
      // The first success, given that there is one among the attempts.
      long failed = (long) (StrictMath.log1p(-chance.positive() * success) / logFailure);
      long attempt = 1 + Math.min(failed, attempts - 1);
      attemptCount += skipped * attempts + attempt;
      long round = mode / multiplexing;
      add(
          rounds.startPicos()
              + round * rounds.periodPicos()
              + attempt * physics.attemptPeriodPicos(),
          index);
    }
  }

  private void add(long madePicos, int agreement) {
    if (successCount == successes.length) {
      successes = Arrays.copyOf(successes, 2 * successCount);
    }
    successes[successCount++] = madePicos << AGREEMENT_BITS | agreement;
  }

  private Birth birth(long frame, Agreement agreement, long madePicos, double whiteNoise) {
    LinkPhysics physics = physicsOf(agreement);
    Rounds rounds = agreement.request().rounds();
    NetworkTime made = new NetworkTime(frame, madePicos);
    int round = rounds.indexAt(made);
    Pauli announced = centralSource ? Pauli.I : chance.bit() ? Pauli.X : Pauli.Y;
    Pauli error =
        whiteNoise > 0 && chance.happens(whiteNoise)
            ? chance.anyPauli()
            : chance.from(physics.state());
    return new Birth(
        nextSequence++,
        agreement,
        made,
        made.plusPicos(physics.heraldLatencyPicos()),
        rounds.end(frame, round),
        announced,
        announced.times(error).times(intercepted()));
  }

  /// Measuring one photon in a basis and sending on what was found dephases the pair in that basis:
  /// the Pauli that the basis reads is applied with probability 1/2 \[bennett1984\].
  private Pauli intercepted() {
    if (condition.interceptedFraction() == 0
        || !chance.happens(condition.interceptedFraction())
        || chance.bit()) {
      return Pauli.I;
    }
    return chance.bit() ? Pauli.Z : Pauli.X;
  }
}
