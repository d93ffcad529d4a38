package net.bellwether.benchmarks.solver;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.bellwether.scheduler.Request;

/// How much to measure. `smallBudget` is the work budget shown beside the default one; the report
/// goes to `out` too where it is given.
record Options(
    List<Integer> sizes, int requests, int warmUp, long smallBudget, Optional<Path> out) {
  private static final long SMALL_BUDGET = 20_000;
  private static final Options QUICK =
      new Options(List.of(100, 400), 50, 50, SMALL_BUDGET, Optional.empty());
  private static final Options FULL =
      new Options(
          List.of(100, 400, 1_000, 10_000, 100_000), 1_000, 200, SMALL_BUDGET, Optional.empty());

  static final String USAGE =
      "[--quick] [--sizes N,N,...] [--requests N] [--budget N] [--out FILE]";

  /// Throws IllegalArgumentException with what is wrong.
  static Options parse(String[] arguments) {
    Options options = List.of(arguments).contains("--quick") ? QUICK : FULL;
    Iterator<String> words = List.of(arguments).iterator();
    while (words.hasNext()) {
      String name = words.next();
      if (!name.equals("--quick")) {
        if (!words.hasNext()) {
          throw new IllegalArgumentException(name + " is not an option, or lacks its value");
        }
        options = options.with(name, words.next());
      }
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--sizes" ->
          new Options(
              List.of(value.split(",", -1)).stream().map(size -> (int) whole(name, size)).toList(),
              requests,
              warmUp,
              smallBudget,
              out);
      case "--requests" -> new Options(sizes, (int) whole(name, value), warmUp, smallBudget, out);
      case "--budget" -> new Options(sizes, requests, warmUp, whole(name, value), out);
      case "--out" ->
          new Options(sizes, requests, warmUp, smallBudget, Optional.of(Path.of(value)));
      default -> throw new IllegalArgumentException(name + " is not an option");
    };
  }

  private static long whole(String name, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 1 && number <= Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, with the rule.
    }
    throw new IllegalArgumentException(
        "%s (%s) must be a whole number of at least 1".formatted(name, value));
  }

  boolean isQuick() {
    return requests <= QUICK.requests;
  }

  /// Candidates that one row may look at in all, lest hard rows take hours.
  long workLimit() {
    return isQuick() ? 5_000_000 : 200_000_000;
  }

  int coldRequests() {
    return isQuick() ? 1_000 : 10_000;
  }

  long budget() {
    return Request.DEFAULT_WORK_BUDGET;
  }
}
