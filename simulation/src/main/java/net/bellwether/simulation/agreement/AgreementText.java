package net.bellwether.simulation.agreement;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import net.bellwether.simulation.SimulationReport;

/// The comparisons as a page of documentation.
final class AgreementText {
  private final StringBuilder text = new StringBuilder();

  private AgreementText() {}

  static String of(List<Comparison> comparisons, String command) {
    AgreementText page = new AgreementText();
    page.write(comparisons, command);
    return page.text.toString();
  }

  private void write(List<Comparison> comparisons, String command) {
    List<Comparison> precise = comparisons.stream().filter(Comparison::isPrecise).toList();
    long agree = precise.stream().filter(Comparison::agrees).count();
    long contradicted =
        comparisons.stream().filter(each -> !each.isPrecise() && !each.agrees()).count();
    text.append(
        """
        # Predicted and emulated

        The evaluator promises, rule engines and nature deliver, and they are two pieces of code. Here
        they are compared on the plans that the planner chooses: for the scenario library, and for
        random networks of 3 to 8 nodes of mixed hardware, at random floors and objectives. Virtual
        time and seeds: the same command writes the same page.

        """);
    line("    " + command);
    line("");
    line(
        String.format(
            Locale.ROOT,
            "**Of %d plans %d were measured to a statistical error below 1 %% of the rate and 0.001 of the",
            comparisons.size(),
            precise.size()));
    line(
        String.format(
            Locale.ROOT,
            "fidelity; %d of these agree**: rate within 3 %%, fidelity within 0.003, beyond four",
            agree));
    line(
        "statistical errors. The others ran out of work before and are marked ~; their errors are larger,");
    line(
        String.format(
            Locale.ROOT,
            "and %d of them contradict the prediction beyond these limits.",
            contradicted));
    line("");
    line("Deviations of those measured precisely:");
    line("");
    line("| | mean deviation | largest |");
    line("|---|---:|---:|");
    deviations("rate", comparisons, 100, "%+.2f %%", Comparison::rateDeviation);
    deviations("fidelity", comparisons, 1, "%+.4f", Comparison::fidelityDeviation);
    line("");
    line(
        "Plans: `l0(m)` is an elementary pair of link l0 in mode m, `(P n1 Q)` a swap at n1, `D P` and");
    line("`B P` purify two pairs of P by DEJMPS and BBPSSW. Errors are one standard deviation.");
    line("");
    line(
        "| asked for | plan | pairs | pairs/s predicted | emulated | deviation | fidelity predicted | emulated | deviation | |");
    line("|---|---|---:|---:|---:|---:|---:|---:|---:|---|");
    comparisons.forEach(this::row);
  }

  /// Of the comparisons that are precise, where there are any.
  private void deviations(
      String what,
      List<Comparison> comparisons,
      double scale,
      String format,
      ToDoubleFunction<Comparison> deviation) {
    List<Double> values =
        comparisons.stream()
            .filter(Comparison::isPrecise)
            .map(each -> scale * deviation.applyAsDouble(each))
            .toList();
    if (!values.isEmpty()) {
      double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
      double largest = values.stream().max(Comparator.comparingDouble(Math::abs)).orElseThrow();
      line(
          String.format(
              Locale.ROOT, "| %s | " + format + " | " + format + " |", what, mean, largest));
    }
  }

  private void row(Comparison comparison) {
    SimulationReport report = comparison.report();
    line(
        String.format(
            Locale.ROOT,
            "| %s | `%s` | %d | %.4g | %.4g ± %.2g | %+.2f %% | %.4f | %.4f ± %.4f | %+.4f | %s |",
            comparison.plan().name(),
            PlanLine.of(comparison.plan().plan()),
            report.pairs(),
            report.predicted().pairsPerSecond(),
            report.pairsPerSecond().value(),
            report.pairsPerSecond().standardError(),
            100 * comparison.rateDeviation(),
            report.predicted().state().fidelity(),
            report.fidelity().value(),
            report.fidelity().standardError(),
            comparison.fidelityDeviation(),
            verdict(comparison)));
  }

  private static String verdict(Comparison comparison) {
    String precise = comparison.isPrecise() ? "" : "~";
    if (comparison.agrees()) {
      return precise;
    }
    return precise + (comparison.rateAgrees() ? "**fidelity**" : "**rate**");
  }

  private void line(String whole) {
    text.append(whole.stripTrailing()).append('\n');
  }
}
