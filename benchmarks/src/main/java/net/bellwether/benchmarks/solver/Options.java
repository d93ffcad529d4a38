package net.bellwether.benchmarks.solver;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.bellwether.scheduler.request.Request;

/// How much to measure. Requests have the work budget `budget`, and `smallBudget` where a smaller
/// one is shown beside it; a row ends once its searches have looked at `rowWork` candidates in all.
/// The report goes to `out` too where it is given.
record Options(
    List<Integer> sizes,
    int requests,
    int warmUp,
    int coldRequests,
    long budget,
    long smallBudget,
    long rowWork,
    Optional<Path> out) {
  static final String USAGE =
      "[--quick] [--sizes N,N,...] [--requests N] [--budget N] [--full-budget N] [--row-work N] [--out FILE]";

  /// Under a minute: budgets too small for proofs of hard requests.
  private static final Options QUICK =
      new Options(List.of(100, 400), 50, 20, 1_000, 20_000, 2_000, 1_000_000, Optional.empty());

  private static final Options FULL =
      new Options(
          List.of(100, 400, 1_000, 10_000, 100_000),
          1_000,
          200,
          5_000,
          100_000,
          20_000,
          5_000_000,
          Optional.empty());

  Options {
    sizes = List.copyOf(sizes);
  }

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
          withSizes(Arrays.stream(value.split(",", -1)).map(size -> whole(name, size)).toList());
      case "--requests" -> withRequests(whole(name, value));
      case "--budget" -> withBudgets(budget, whole(name, value));
      case "--full-budget" -> withBudgets(whole(name, value), smallBudget);
      case "--row-work" -> withRowWork(whole(name, value));
      case "--out" -> withOut(Path.of(value));
      default -> throw new IllegalArgumentException(name + " is not an option");
    };
  }

  private Options withSizes(List<Integer> other) {
    return new Options(other, requests, warmUp, coldRequests, budget, smallBudget, rowWork, out);
  }

  private Options withRequests(int other) {
    return new Options(sizes, other, warmUp, coldRequests, budget, smallBudget, rowWork, out);
  }

  private Options withBudgets(long full, long small) {
    return new Options(sizes, requests, warmUp, coldRequests, full, small, rowWork, out);
  }

  private Options withRowWork(long other) {
    return new Options(sizes, requests, warmUp, coldRequests, budget, smallBudget, other, out);
  }

  private Options withOut(Path file) {
    return new Options(
        sizes, requests, warmUp, coldRequests, budget, smallBudget, rowWork, Optional.of(file));
  }

  /// Those to compare: the default of a request, unless all is to be quick, and the two above.
  List<Long> budgets() {
    return LongStream.of(
            rowWork == QUICK.rowWork ? budget : Request.DEFAULT_WORK_BUDGET, budget, smallBudget)
        .distinct()
        .boxed()
        .toList();
  }

  private static int whole(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, with the rule.
    }
    throw new IllegalArgumentException(
        "%s (%s) must be a whole number of at least 1".formatted(name, value));
  }
}
