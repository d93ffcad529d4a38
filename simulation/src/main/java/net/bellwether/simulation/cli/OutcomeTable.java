package net.bellwether.simulation.cli;

import java.util.Locale;
import java.util.OptionalDouble;
import net.bellwether.simulation.outcome.Counts;
import net.bellwether.simulation.outcome.Figure;
import net.bellwether.simulation.outcome.GenerationOutcome;
import net.bellwether.simulation.outcome.Leaks;
import net.bellwether.simulation.outcome.NodeOutcome;
import net.bellwether.simulation.outcome.Occurrence;
import net.bellwether.simulation.outcome.RunOutcome;
import net.bellwether.simulation.outcome.SessionOutcome;
import net.bellwether.simulation.outcome.Waits;

/// An outcome for people.
final class OutcomeTable {
  private final StringBuilder text = new StringBuilder();
  private boolean outside;

  static String of(RunOutcome run) {
    OutcomeTable table = new OutcomeTable();
    table.write(run);
    return table.text.toString();
  }

  private void write(RunOutcome run) {
    line(
        String.format(
            Locale.ROOT,
            "scenario %s, seed %d, %s s of virtual time",
            run.scenario(),
            run.seed(),
            seconds(run.seconds())));
    run.sessions().forEach(this::session);
    if (outside) {
      line("");
      line("* the prediction is outside the 95 % interval (by chance: one figure in twenty)");
    }
    line("");
    line(
        String.format(
            Locale.ROOT, "%-24s %7s %13s %10s", "node", "qubits", "held on mean", "held most"));
    for (NodeOutcome node : run.nodes()) {
      line(
          String.format(
              Locale.ROOT,
              "%-24s %7d %13.1f %10d",
              node.node(),
              node.qubits(),
              node.meanHeld(),
              node.mostHeld()));
    }
    line("");
    line(String.format(Locale.ROOT, "%10s  %s", "second", "what happened"));
    for (Occurrence occurrence : run.occurrences()) {
      line(
          String.format(
              Locale.ROOT,
              "%10s  %s: %s",
              seconds(occurrence.atSeconds()),
              occurrence.subject(),
              occurrence.what()));
    }
    if (run.unlistedOccurrences() > 0) {
      line(
          String.format(
              Locale.ROOT, "%10s  %d more are not listed", "", run.unlistedOccurrences()));
    }
    counts(run.counts());
    leaks(run.leaks());
  }

  private void session(SessionOutcome session) {
    line("");
    if (session.id().isEmpty()) {
      line(
          String.format(
              Locale.ROOT,
              "session of %s, %s to %s: refused, %s",
              session.tenant(),
              session.from(),
              session.to(),
              session.detail()));
      return;
    }
    line(
        String.format(
            Locale.ROOT,
            "session %s of %s, %s to %s: %s, promised %s pairs/s",
            session.id(),
            session.tenant(),
            session.from(),
            session.to(),
            session.state(),
            number(session.promisedPairsPerSecond(), 1)));
    if (!session.detail().isEmpty()) {
      line(String.format(Locale.ROOT, "  %s", session.detail()));
    }
    session.generations().forEach(generation -> generation(session, generation));
  }

  private void generation(SessionOutcome session, GenerationOutcome generation) {
    line("");
    line(
        String.format(
            Locale.ROOT,
            "  generation %d, %s s to %s s, %d pairs",
            generation.generation(),
            seconds(generation.fromSeconds()),
            seconds(generation.untilSeconds()),
            generation.pairs()));
    generation.plan().lines().forEach(each -> line(String.format(Locale.ROOT, "    %s", each)));
    line(String.format(Locale.ROOT, "  %-22s %12s %12s", "", "predicted", "achieved"));
    figure("pairs/s", generation.pairsPerSecond(), 1);
    figure("fidelity", generation.fidelity(), 5);
    figure("QBER Z", generation.qberZ(), 5);
    figure("QBER X", generation.qberX(), 5);
    figure("QBER Y", generation.qberY(), 5);
    figure("secret key bit/s", generation.keyBitsPerSecond(), 1);
    line(
        String.format(
            Locale.ROOT,
            "  %-22s %12s %12d bits in %d blocks, %d blocks gave none",
            "key",
            "",
            generation.keyBits(),
            generation.keyBlocks(),
            generation.failedBlocks()));
    waits(session.from(), generation.fromWaits());
    waits(session.to(), generation.toWaits());
  }

  private void figure(String what, Figure figure, int decimals) {
    outside |= figure.isOutside();
    String achieved =
        figure
            .achieved()
            .map(estimate ->
                "%12s ± %s%s"
                    .formatted(
                        number(estimate.value(), decimals),
                        number(estimate.halfWidth95(), decimals),
                        figure.isOutside() ? " *" : ""))
            .orElse("%12s".formatted("-"));
    line(
        String.format(
            Locale.ROOT, "  %-22s %12s %s", what, number(figure.predicted(), decimals), achieved));
  }

  private void waits(String end, Waits waits) {
    line(
        String.format(
            Locale.ROOT,
            "  %-22s %12s mean %s, p95 %s",
            "wait at " + end,
            "",
            millis(waits.meanSeconds()),
            millis(waits.p95Seconds())));
  }

  private void counts(Counts counts) {
    line("");
    line(String.format(Locale.ROOT, "%16d  attempts", counts.attempts()));
    line(String.format(Locale.ROOT, "%16d  pairs made on links", counts.pairsMade()));
    line(String.format(Locale.ROOT, "%16d  pairs delivered to sessions", counts.pairsDelivered()));
    line(
        String.format(
            Locale.ROOT,
            "%16d  heralds at both ends, %d of no rules",
            counts.heralds(),
            counts.strayHeralds()));
    line(
        String.format(
            Locale.ROOT,
            "%16d  commands, %d refused",
            counts.commands(),
            counts.refusedCommands()));
    line(
        String.format(
            Locale.ROOT,
            "%16d  messages between agents, %d dropped",
            counts.agentMessages(),
            counts.droppedMessages()));
    line(
        String.format(
            Locale.ROOT, "%16d  messages between controller and agents", counts.controlMessages()));
  }

  private void leaks(Leaks leaks) {
    line("");
    line(
        leaks.isEmpty()
            ? "nothing leaked: after the last round no qubit, pair, message or command was left"
            : "LEAKED: " + leaks);
  }

  private void line(String whole) {
    text.append(whole.stripTrailing()).append('\n');
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String seconds(double seconds) {
    return number(seconds, 2);
  }

  private static String millis(OptionalDouble seconds) {
    return seconds.isEmpty() ? "-" : number(seconds.getAsDouble() * 1e3, 3) + " ms";
  }
}
