package net.bellwether.cli.chaos;

import java.io.PrintWriter;
import java.util.List;

/// What a run did and found.
record Report(
    double minutes,
    Faults faults,
    History history,
    Takeovers takeovers,
    List<Verdict> verdicts,
    List<String> unsettled) {
  private static final int SHOWN_MAX = 20;

  /// Whether every promise was kept.
  boolean print(PrintWriter out) {
    out.printf("%n%.1f minutes, %d faults%n", minutes, faults.count());
    for (Fault.Kind kind : Fault.Kind.values()) {
      out.printf("  %-42s %5d%n", kind.title(), faults.count(kind));
    }
    out.printf("%noperation  acknowledged  refused  unknown (attempts)%n");
    for (Operation operation : Operation.values()) {
      out.printf(
          "%-9s  %12d  %7d  %7d%n",
          operation.title(),
          history.attempts(operation, Outcome.ACKNOWLEDGED),
          history.attempts(operation, Outcome.REFUSED),
          history.attempts(operation, Outcome.UNKNOWN));
    }
    out.printf(
        "%nlongest time without a controller that answers: %.2f s%n",
        takeovers.longestSilenceSeconds());
    for (Fault.Kind kind :
        List.of(
            Fault.Kind.KILL_LEADER,
            Fault.Kind.PAUSE_LEADER,
            Fault.Kind.CUT_LEADER_FROM_ETCD,
            Fault.Kind.CUT_OFF_LEADERS_MACHINE,
            Fault.Kind.STEP_DOWN)) {
      out.printf("  after %-25s %s%n", kind.title() + ":", takeovers.text(kind));
    }
    out.println();
    verdict(out, new Verdict("agents connected, live sessions active", 1, unsettled));
    verdicts.forEach(verdict -> verdict(out, verdict));
    out.flush();
    return unsettled.isEmpty() && verdicts.stream().allMatch(Verdict::holds);
  }

  private static void verdict(PrintWriter out, Verdict verdict) {
    out.printf(
        "%-6s %s: %d checked, %d violations%n",
        verdict.holds() ? "ok" : "BROKEN",
        verdict.promise(),
        verdict.checked(),
        verdict.violations().size());
    verdict.violations().stream().limit(SHOWN_MAX).forEach(line -> out.println("         " + line));
  }
}
