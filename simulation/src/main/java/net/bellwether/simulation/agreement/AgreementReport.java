package net.bellwether.simulation.agreement;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.bellwether.scheduler.request.PurificationClass;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The program behind `./benchmarks/run agreement`. Exit codes: 0 everything agrees, 1 something
/// does not, 2 wrong arguments.
@Command(
    name = "agreement",
    mixinStandardHelpOptions = true,
    description = "Compares what is predicted for plans with what the emulation delivers.")
public final class AgreementReport implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--networks", defaultValue = "200", description = "Random networks.")
  private int networks;

  @Option(names = "--seed", defaultValue = "1", description = "Of the first random network.")
  private long seed;

  @Option(
      names = "--pairs",
      defaultValue = "3000000",
      description = "Elementary pairs a plan may take; a million takes some seconds.")
  private long pairsMax;

  @Option(names = "--purification", defaultValue = "NESTED", description = "NESTED or ANY.")
  private PurificationClass purifications = PurificationClass.NESTED;

  @Option(names = "--out", paramLabel = "FILE", description = "Where the page goes; else printed.")
  private Path out = Path.of("");

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new AgreementReport())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter progress = spec.commandLine().getErr();
    PlanCases cases = new PlanCases(purifications);
    List<Comparison> comparisons = new ArrayList<>();
    for (PlanCase plan : cases.ofLibrary()) {
      compare(plan, comparisons, progress);
    }
    for (int i = 0; i < networks; i++) {
      compare(cases.random(seed + i), comparisons, progress);
    }
    String text = AgreementText.of(comparisons, command());
    if (out.toString().isEmpty()) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(out, text);
    }
    return comparisons.stream().allMatch(Comparison::agrees) ? 0 : 1;
  }

  private String command() {
    return "./benchmarks/run agreement --networks %d --seed %d --pairs %d --purification %s"
        .formatted(networks, seed, pairsMax, purifications);
  }

  private void compare(PlanCase plan, List<Comparison> comparisons, PrintWriter progress) {
    Comparison comparison = Comparison.of(plan, pairsMax, seed);
    comparisons.add(comparison);
    progress.printf(
        "%s: %d pairs, rate %+.2f %%, fidelity %+.4f%s%n",
        plan.name(),
        comparison.report().pairs(),
        100 * comparison.rateDeviation(),
        comparison.fidelityDeviation(),
        comparison.agrees() ? "" : "  DISAGREES");
    progress.flush();
  }
}
