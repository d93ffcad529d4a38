package net.bellwether.scheduler.judge;

import java.util.Optional;
import net.bellwether.scheduler.judge.BruteForce.Ruling;

/// Compares a solver's answer with the ruling.
final class Judge {
  /// Relative, of values.
  private static final double TOLERANCE = 1e-9;

  private Judge() {}

  /// What came of one instance.
  sealed interface Outcome {
    record SameOptimum() implements Outcome {}

    record BothInfeasible() implements Outcome {}

    /// Larger trees may be better than those enumerated, and the solver is no worse than these.
    record Incomplete() implements Outcome {}

    /// The solver leaves a gap, and its bound leaves room for what was enumerated.
    record Unproven() implements Outcome {}

    record Wrong(String why) implements Outcome {}
  }

  static Outcome judge(Instance instance, Ruling ruling, Verdict answer) {
    if (answer instanceof Verdict.Best best) {
      Optional<String> flaw = PlanCheck.flaw(instance, best);
      if (flaw.isPresent()) {
        return wrong(instance, flaw.get());
      }
    }
    return switch (ruling.verdict()) {
      case Verdict.Nothing _ -> {
        if (!ruling.certain()) {
          yield new Outcome.Incomplete();
        }
        yield switch (answer) {
          case Verdict.Nothing _ -> new Outcome.BothInfeasible();
          case Verdict.Undecided _ -> new Outcome.Unproven();
          case Verdict.Best best -> wrong(instance, "found " + best + " where nothing can be");
        };
      }
      case Verdict.Undecided _ -> new Outcome.Incomplete();
      case Verdict.Best expected ->
          switch (answer) {
            case Verdict.Undecided _ ->
                ruling.certain() ? new Outcome.Unproven() : new Outcome.Incomplete();
            case Verdict.Nothing _ -> wrong(instance, "found nothing but there is " + expected);
            case Verdict.Best best -> compare(instance, expected, best, ruling.certain());
          };
    };
  }

  private static Outcome compare(
      Instance instance, Verdict.Best expected, Verdict.Best best, boolean certain) {
    if (isBetter(instance, expected.value(), best.bound())) {
      return wrong(instance, "the bound excludes " + expected + " in " + best);
    }
    if (certain && isBetter(instance, best.value(), expected.value())) {
      return wrong(instance, "answers " + best + ", better than the proven " + expected);
    }
    if (isBetter(instance, best.bound(), best.value())) {
      return certain ? new Outcome.Unproven() : new Outcome.Incomplete();
    }
    return certain ? new Outcome.SameOptimum() : new Outcome.Incomplete();
  }

  /// By more than rounding.
  private static boolean isBetter(Instance instance, double value, double than) {
    double gain = instance.objective().smallerIsBetter() ? than - value : value - than;
    return gain > TOLERANCE * Math.abs(than);
  }

  private static Outcome wrong(Instance instance, String why) {
    return new Outcome.Wrong(instance.text() + "\n  " + why);
  }
}
