package net.bellwether.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.bellwether.v1.BellDiagonal;
import net.bellwether.v1.FreeRunning;
import net.bellwether.v1.NodeWaiting;
import net.bellwether.v1.PlanEffort;
import net.bellwether.v1.PlanRequestResponse;

/// A plan for a person.
final class PlanTable {
  private static final double MICROS_PER_MILLI = 1000.0;
  private static final double MICROS_PER_SECOND = 1e6;

  private PlanTable() {}

  static String text(PlanRequestResponse plan) {
    if (PlanStatus.of(plan) != PlanStatus.PLANNED) {
      return plan.getStatus() + ": " + plan.getReason() + "\n" + advice(plan);
    }
    return (plan.hasRunnable() && !plan.getRunnable() ? fluidFigures(plan) : figures(plan))
        + explanation(plan)
        + line("planned in", Figures.rate(plan.getPlanningMicros() / MICROS_PER_MILLI) + " ms")
        + "\n"
        + plan.getTree().stripTrailing()
        + "\n"
        + alternatives(plan.getAlternativesList());
  }

  /// What a plan delivers and takes; for a running one, too.
  static String figures(PlanRequestResponse plan) {
    return """
    delivered       %s pairs/s (fluid %s, gap to the bound %s)
    fidelity        %s
    error rates     Z %s, X %s
    secret key      %s bit/s asymptotic, %s bit/s at the block size in use
    pairs consumed  %s
    """
        .formatted(
            Figures.rate(plan.getPairsPerSecond()),
            Figures.rate(plan.getFluidPairsPerSecond()),
            Figures.percent(plan.getGap()),
            state(plan),
            Figures.percent(plan.getQberZ()),
            Figures.percent(plan.getQberX()),
            Figures.rate(plan.getSecretKeyBitsPerSecond()),
            Figures.rate(plan.getFiniteKeyBitsPerSecond()),
            consumed(plan));
  }

  /// What is known of a plan that node agents cannot run.
  private static String fluidFigures(PlanRequestResponse plan) {
    return line("delivered", "unknown: node agents cannot run it")
        + line("because", plan.getReason())
        + line("fluid", Figures.rate(plan.getFluidPairsPerSecond()) + " pairs/s")
        + (plan.hasBellDiagonal() ? line("fidelity", state(plan)) : "")
        + line("secret key", Figures.rate(plan.getSecretKeyBitsPerSecond()) + " bit/s")
        + line("pairs consumed", consumed(plan));
  }

  private static String state(PlanRequestResponse plan) {
    BellDiagonal state = plan.getBellDiagonal();
    return "%s  (I %s  X %s  Y %s  Z %s)"
        .formatted(
            Figures.fidelity(plan.getFidelity()),
            Figures.fidelity(state.getI()),
            Figures.fidelity(state.getX()),
            Figures.fidelity(state.getY()),
            Figures.fidelity(state.getZ()));
  }

  private static String consumed(PlanRequestResponse plan) {
    return plan.getPairsConsumedPerLinkMap().entrySet().stream()
        .map(entry -> entry.getKey() + " " + Figures.rate(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// Why this plan, and what stands behind its figures; of an older controller, what it tells.
  private static String explanation(PlanRequestResponse plan) {
    StringBuilder text = new StringBuilder();
    if (plan.hasValue()) {
      text.append(line("objective", objective(plan)));
    }
    if (plan.hasCost()) {
      text.append(line("cost", Figures.rate(plan.getCost()) + " a pair"));
    }
    if (plan.getWaitingCount() > 0) {
      text.append(line("waiting", waiting(plan, false)));
      text.append(line("in memory", waiting(plan, true)));
    }
    if (plan.hasFreeRunning()) {
      text.append(line("first pair", freeRunning(plan.getFreeRunning())));
    }
    if (plan.hasTailMicros()) {
      text.append(line("messages", micros(plan.getTailMicros()) + " after the last herald"));
    }
    if (plan.hasCapacityShare()) {
      text.append(line("capacity", capacity(plan)));
    }
    if (plan.hasEffort()) {
      text.append(line("search", effort(plan.getEffort())));
    }
    return text.toString();
  }

  private static String objective(PlanRequestResponse plan) {
    String unit =
        switch (plan.getObjective()) {
          case "cheapest" -> " a pair";
          case "pair-rate" -> " pairs/s";
          case "secret-key-rate" -> " bit/s";
          default -> "";
        };
    return "%s, fluid: %s%s, bound %s, gap %s%s"
        .formatted(
            plan.getObjective(),
            Figures.rate(plan.getValue()),
            unit,
            Figures.rate(plan.getUpperBound()),
            Figures.percent(plan.getGap()),
            plan.getProvenOptimal() ? " (proven optimal)" : "");
  }

  private static String waiting(PlanRequestResponse plan, boolean memory) {
    return plan.getWaitingList().stream()
        .map(node -> node.getNode() + " " + micros(time(node, memory)))
        .collect(Collectors.joining(", "));
  }

  private static double time(NodeWaiting node, boolean memory) {
    return memory ? node.getMemoryMicros() : node.getWaitMicros();
  }

  private static String micros(double micros) {
    return micros < MICROS_PER_MILLI
        ? Figures.rate(micros) + " us"
        : Figures.rate(micros / MICROS_PER_MILLI) + " ms";
  }

  private static String freeRunning(FreeRunning pair) {
    return "after %s on average%s, if links ran freely (%s pairs/s one at a time, fidelity %s)"
        .formatted(
            micros(pair.getMeanMicros()),
            pair.hasP95Micros() ? ", within " + micros(pair.getP95Micros()) + " in 95 %" : "",
            Figures.rate(MICROS_PER_SECOND / pair.getMeanMicros()),
            Figures.fidelity(pair.getFidelity()));
  }

  private static String capacity(PlanRequestResponse plan) {
    return "%s of the %s pairs or bits a second that no protocol can pass on this path"
        .formatted(
            Figures.percent(plan.getCapacityShare()), Figures.rate(plan.getCapacityPerSecond()));
  }

  private static String effort(PlanEffort effort) {
    return "%d candidates, %d labels on %d spans, %d passes"
        .formatted(
            effort.getCandidates(), effort.getLabels(), effort.getSpans(), effort.getPasses());
  }

  private static String advice(PlanRequestResponse plan) {
    StringBuilder text = new StringBuilder();
    if (plan.hasReachableFidelity()) {
      text.append(line("reachable", "fidelity " + Figures.fidelity(plan.getReachableFidelity())));
    }
    plan.getAdviceList().forEach(advice -> text.append(line("advice", advice)));
    return text.toString();
  }

  private static String alternatives(List<PlanRequestResponse> plans) {
    if (plans.isEmpty()) {
      return "";
    }
    Table table = new Table("ALTERNATIVE", "PAIRS/S", "FIDELITY", "KEY BIT/S", "PAIRS CONSUMED");
    StringBuilder trees = new StringBuilder();
    for (int i = 0; i < plans.size(); i++) {
      PlanRequestResponse plan = plans.get(i);
      table.row(
          String.valueOf(i + 1),
          Figures.rate(
              plan.getRunnable() ? plan.getPairsPerSecond() : plan.getFluidPairsPerSecond()),
          plan.hasBellDiagonal() ? Figures.fidelity(plan.getFidelity()) : "-",
          Figures.rate(plan.getSecretKeyBitsPerSecond()),
          consumed(plan));
      trees
          .append("\nalternative ")
          .append(i + 1)
          .append('\n')
          .append(plan.getTree().stripTrailing())
          .append('\n');
    }
    return "\n" + table.text() + trees;
  }

  private static String line(String word, String text) {
    return String.format(Locale.ROOT, "%-16s%s\n", word, text);
  }
}
