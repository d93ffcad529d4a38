package net.bellwether.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bellwether.v1.CounterOffer;
import net.bellwether.v1.SessionKind;
import net.bellwether.v1.SessionSpec;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// What a person asks of a session, from the words on the command line and back to them.
final class SessionWish {
  private static final Pattern SAE_AT_NODE = Pattern.compile("([^@\\s]+)@([^@\\s]+)");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s)");
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final double FIDELITY_FLOOR = 0.5;
  private static final int RATE_DECIMALS = 3;
  private static final int FIDELITY_DECIMALS = 4;

  private SessionWish() {}

  static SessionSpec spec(
      String from,
      String to,
      @Nullable Double pairsPerSecond,
      @Nullable Double minFidelity,
      boolean keep,
      @Nullable String hold) {
    if (keep && (hold == null || pairsPerSecond == null || minFidelity == null)) {
      throw new CommandFailure(
          Exit.USAGE,
          "--keep needs --hold, --pairs-per-second and --min-fidelity: memory is set aside for that rate");
    }
    if (!keep && hold != null) {
      throw new CommandFailure(Exit.USAGE, "--hold is for --keep only");
    }
    Matcher fromEnd = end("--from", from);
    Matcher toEnd = end("--to", to);
    return SessionSpec.newBuilder()
        .setFromSae(fromEnd.group(1))
        .setFromNode(fromEnd.group(2))
        .setToSae(toEnd.group(1))
        .setToNode(toEnd.group(2))
        .setPairsPerSecond(rate(pairsPerSecond))
        .setMinFidelity(fidelity(minFidelity))
        .setKind(
            keep
                ? SessionKind.SESSION_KIND_CREATE_AND_KEEP
                : SessionKind.SESSION_KIND_MEASURE_DIRECTLY)
        .setHoldMilliseconds(hold == null ? 0 : milliseconds(hold))
        .build();
  }

  private static long milliseconds(String hold) {
    Matcher matcher = TIME.matcher(hold);
    if (!matcher.matches()) {
      throw new CommandFailure(
          Exit.USAGE, "--hold (%s) must be a time, for example 500ms or 2s".formatted(hold));
    }
    long number = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("s") ? MILLIS_PER_SECOND * number : number;
  }

  /// The value for the message, 0 where none was given.
  static double fidelity(@Nullable Double minFidelity) {
    if (minFidelity == null) {
      return 0;
    }
    if (!(minFidelity > FIDELITY_FLOOR && minFidelity <= 1)) {
      throw new CommandFailure(
          Exit.USAGE,
          "--min-fidelity (%s) must be in (0.5, 1]: a pair at 0.5 or less carries no entanglement"
              .formatted(minFidelity));
    }
    return minFidelity;
  }

  /// The command that would be accepted now, where a refusal offers one.
  static Optional<String> counterOffer(StatusRuntimeException refusal, SessionSpec spec) {
    if (refusal.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
      return Optional.empty();
    }
    return RpcErrors.detail(refusal, CounterOffer.class)
        .filter(offer -> offer.getPairsPerSecond() > 0 || offer.getMinFidelity() > 0)
        .map(offer -> command(spec, offer));
  }

  private static String command(SessionSpec spec, CounterOffer offer) {
    double rate =
        offer.getPairsPerSecond() > 0 ? offer.getPairsPerSecond() : spec.getPairsPerSecond();
    double fidelity = offer.getMinFidelity() > 0 ? offer.getMinFidelity() : spec.getMinFidelity();
    return "bellctl session open --from %s@%s --to %s@%s%s%s%s"
        .formatted(
            spec.getFromSae(),
            spec.getFromNode(),
            spec.getToSae(),
            spec.getToNode(),
            rate > 0 ? " --pairs-per-second " + Figures.offered(rate, RATE_DECIMALS) : "",
            fidelity > FIDELITY_FLOOR
                ? " --min-fidelity " + Figures.offered(fidelity, FIDELITY_DECIMALS)
                : "",
            spec.getKind() == SessionKind.SESSION_KIND_CREATE_AND_KEEP
                ? " --keep --hold " + spec.getHoldMilliseconds() + "ms"
                : "");
  }

  private static double rate(@Nullable Double pairsPerSecond) {
    if (pairsPerSecond == null) {
      return 0;
    }
    if (!(pairsPerSecond > 0 && Double.isFinite(pairsPerSecond))) {
      throw new CommandFailure(
          Exit.USAGE,
          "--pairs-per-second (%s) must be above 0; leave it out to ask for all that is free"
              .formatted(pairsPerSecond));
    }
    return pairsPerSecond;
  }

  private static Matcher end(String option, String text) {
    Matcher matcher = SAE_AT_NODE.matcher(text);
    if (!matcher.matches()) {
      throw new CommandFailure(
          Exit.USAGE,
          "%s (%s) must be SAE@NODE, for example alice@chicago".formatted(option, text));
    }
    return matcher;
  }
}
