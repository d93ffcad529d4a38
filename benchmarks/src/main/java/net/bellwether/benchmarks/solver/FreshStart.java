package net.bellwether.benchmarks.solver;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.bellwether.benchmarks.Distribution;
import net.bellwether.topology.generate.NetworkModel;

/// How long requests take in a JVM that has answered none before: each fresh JVM answers the same
/// different requests, and shows how they speed up and whether all JVMs end at the same speed.
public final class FreshStart {
  static final int JVMS = 3;
  static final double MIN_FIDELITY = 0.9;

  /// Requests up to which a column reaches.
  private static final List<Integer> UP_TO = List.of(1, 10, 100, 1_000, 5_000);

  private FreshStart() {}

  /// The child, given nodes, requests and the work budget of each: answers them and prints a row.
  public static void main(String[] arguments) {
    int nodes = Integer.parseInt(arguments[0]);
    int requests = Integer.parseInt(arguments[1]);
    long workBudget = Long.parseLong(arguments[2]);
    TestNetwork network =
        TestNetwork.generated(
            NetworkModel.WAXMAN, nodes, SolverBenchmark.NETWORK_SEED, Hardware.STANDARD);
    List<Ends> ends = Ends.draw(network, Ends.Choice.ANYWHERE, requests, 7);
    List<Answer> answers =
        ends.stream()
            .map(each ->
                Answer.to(
                    network.snapshot(), Question.CHEAPEST.ask(each, MIN_FIDELITY, workBudget)))
            .toList();
    StringBuilder row = new StringBuilder();
    int from = 0;
    for (int to : upTo(requests)) {
      Distribution nanos = Distribution.of(answers.subList(from, to), Answer::nanos);
      row.append(row.isEmpty() ? "" : "\t")
          .append(Table.micros(nanos.p50()))
          .append(" / ")
          .append(Table.micros(nanos.p99()));
      from = to;
    }
    System.out.println(row);
  }

  /// The parent: one row for each fresh JVM, one after another.
  static String markdown(int nodes, Options options) throws IOException, InterruptedException {
    List<Integer> upTo = upTo(options.coldRequests());
    String[] titles = new String[upTo.size() + 1];
    titles[0] = "fresh JVM";
    int from = 1;
    for (int i = 0; i < upTo.size(); i++) {
      int to = upTo.get(i);
      titles[i + 1] =
          from == to ? "request " + to : "%s to %s".formatted(Table.count(from), Table.count(to));
      from = to + 1;
    }
    Table table = new Table(titles);
    for (int jvm = 1; jvm <= JVMS; jvm++) {
      String[] cells = new String[titles.length];
      cells[0] = Integer.toString(jvm);
      String[] measured = child(nodes, options).split("\t", -1);
      System.arraycopy(measured, 0, cells, 1, measured.length);
      table.row(cells);
    }
    return table.markdown();
  }

  private static List<Integer> upTo(int requests) {
    return UP_TO.stream().filter(each -> each <= requests).toList();
  }

  private static String child(int nodes, Options options) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshStart.class.getName(),
                Integer.toString(nodes),
                Integer.toString(options.coldRequests()),
                Long.toString(options.smallBudget()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String row = lines.readLine();
      if (process.waitFor() != 0 || row == null) {
        throw new IOException("a fresh JVM ended with status " + process.exitValue());
      }
      return row;
    }
  }
}
