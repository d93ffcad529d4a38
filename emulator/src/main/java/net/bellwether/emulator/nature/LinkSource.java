package net.bellwether.emulator.nature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// Makes the pairs of one link. Attempts that fail are skipped, not tried one by one: of the modes
/// of all rounds of a frame it draws the distance to the next that succeeds at all, then which of
/// its attempts did, both geometric.
final class LinkSource {
  final Link link;
  private final boolean centralSource;
  private final Map<String, LinkPhysics> physicsByMode = new LinkedHashMap<>();
  private final Chance chance;
  private Disturbance disturbance = Disturbance.NONE;
  private Disturbance nextDisturbance = Disturbance.NONE;
  private long nextDisturbanceFrame;
  private long nextSequence;

  LinkSource(Link link, Chance chance) {
    this.link = link;
    this.chance = chance;
    this.centralSource = link.heralding() instanceof Heralding.MiddleSource;
    for (GenerationMode mode : link.modes()) {
      physicsByMode.put(mode.name(), LinkPhysics.of(link, mode));
    }
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

  private record Success(Agreement agreement, int round, long madePicos, long heraldPicos) {}

  void disturb(Disturbance changed, long fromFrame) {
    nextDisturbance = changed;
    nextDisturbanceFrame = fromFrame;
  }

  /// The number that the next pair will have.
  long nextSequence() {
    return nextSequence;
  }

  /// All pairs of `frame`, in order of their heralds.
  List<Birth> attempt(long frame, List<Agreement> agreements) {
    if (frame >= nextDisturbanceFrame) {
      disturbance = nextDisturbance;
    }
    List<Success> successes = new ArrayList<>();
    for (Agreement agreement : agreements) {
      attempt(agreement, successes);
    }
    successes.sort(Comparator.comparingLong(Success::heraldPicos));
    List<Birth> births = new ArrayList<>(successes.size());
    for (Success success : successes) {
      births.add(birth(frame, success));
    }
    return births;
  }

  private LinkPhysics physicsOf(Agreement agreement) {
    return Objects.requireNonNull(physicsByMode.get(agreement.request().mode()));
  }

  private void attempt(Agreement agreement, List<Success> into) {
    Rounds rounds = agreement.request().rounds();
    LinkPhysics physics = physicsOf(agreement);
    long attempts =
        rounds.attemptsPerRound(physics.attemptPeriodPicos(), physics.heraldLatencyPicos());
    double p = physics.attemptSuccessProbability() * disturbance.successFactor();
    double logFailure = StrictMath.log1p(-p);
    double success = -StrictMath.expm1(attempts * logFailure);
    if (attempts == 0 || !(success > 0)) {
      return;
    }
    double logModeFailure = attempts * logFailure;
    int multiplexing = agreement.request().multiplexing();
    long modes = (long) rounds.count() * multiplexing;
    for (long mode = 0; mode < modes; mode++) {
      double skipped = Math.floor(StrictMath.log(chance.positive()) / logModeFailure);
      if (skipped >= modes - mode) {
        return;
      }
      mode += (long) skipped;
      // The first success, given that there is one among the attempts.
      long failed = (long) (StrictMath.log1p(-chance.positive() * success) / logFailure);
      long attempt = 1 + Math.min(failed, attempts - 1);
      int round = (int) (mode / multiplexing);
      long made =
          rounds.startPicos()
              + round * rounds.periodPicos()
              + attempt * physics.attemptPeriodPicos();
      into.add(new Success(agreement, round, made, made + physics.heraldLatencyPicos()));
    }
  }

  private Birth birth(long frame, Success success) {
    Pauli announced = centralSource ? Pauli.I : chance.bit() ? Pauli.X : Pauli.Y;
    BellDiagonal declared = physicsOf(success.agreement).state();
    Pauli error =
        chance.happens(disturbance.whiteNoise()) ? chance.anyPauli() : chance.from(declared);
    return new Birth(
        nextSequence++,
        success.agreement,
        NetworkTime.startOfFrame(frame).plusPicos(success.madePicos),
        NetworkTime.startOfFrame(frame).plusPicos(success.heraldPicos),
        success.agreement.request().rounds().end(frame, success.round),
        announced,
        announced.times(error));
  }
}
