package net.bellwether.benchmarks.solver;

import java.util.EnumMap;
import java.util.Map;
import net.bellwether.scheduler.request.Limits;

/// The report as a document: what was asked, on what, and the tables.
final class Report {
  private final Map<Hardware, RequestTable> requests = new EnumMap<>(Hardware.class);
  private final AllocationTable allocations = new AllocationTable();
  private final BudgetTable budgets = new BudgetTable();
  private final SnapshotTable snapshots = new SnapshotTable();
  private final BaselineTable baselines = new BaselineTable();
  private final GrowthTable growth = new GrowthTable();
  private String freshStart = "";
  private long cells;
  private long wrongClaims;

  void freshStart(int nodes, Options options, String table) {
    freshStart =
        "Waxman network of %s nodes, cheapest plan, floor %s, work budget %s, each JVM in turn; p50 / p99 in µs.\n\n%s"
            .formatted(
                Table.count(nodes),
                FreshStart.MIN_FIDELITY,
                Table.count(options.smallBudget()),
                table);
  }

  void add(Cell cell) {
    requests.computeIfAbsent(cell.network().hardware(), _ -> new RequestTable()).add(cell);
    if (cell.choice() == Ends.Choice.ANYWHERE && cell.minFidelity() == FreshStart.MIN_FIDELITY) {
      allocations.add(cell);
    }
    cells++;
    wrongClaims += cell.wrongClaims();
  }

  BudgetTable budgets() {
    return budgets;
  }

  SnapshotTable snapshots() {
    return snapshots;
  }

  BaselineTable baselines() {
    return baselines;
  }

  GrowthTable growth() {
    return growth;
  }

  String verdict() {
    return "%d rows of requests; plans that the evaluator values otherwise: %d; requests for which the baseline had a cheaper plan, or the only one: %d, of which the solver had called %d proven"
        .formatted(cells, wrongClaims, baselines.violations(), baselines.refutations());
  }

  String markdown(Options options, String machine) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Benchmarks of the solver

        ```
        %s
        ```

        Written by `./benchmarks/run solver`, all of it, in one run. Networks and requests come from fixed
        seeds, so a second run differs in its times only. %s

        Each row is up to %s different requests, each timed once by the clock, after up to %s others as
        warm-up: it ends early once its searches have looked at %s candidate plans in all (or 10 times its budget), work and not time, so that every run asks the same. A request asks for the cheapest plan, in elementary pairs a delivered
        pair, unless its question says otherwise; states are Werner and purification may take any two
        pairs, unless said. Plans have at most %d links on a path and a work budget of %s candidates.
        Waxman networks have an average degree of 6; *anywhere* draws both ends evenly among all end nodes,
        *%s* the second among those that near the first. Public maps come from TopoHub: NSFNET and SURFnet
        from the Internet Topology Zoo (Knight et al., IEEE JSAC 29, 2011), nobel-us from SNDlib (Orlowski et
        al., Networks 55, 2010), with a repeater at least every 80 km.

        *Proven best* are plans with gap 0; *proven infeasible* requests have no plan at all, and those in
        brackets because their ends are more than %d links apart; *undecided* ones ran out of budget with
        neither. Costs compare only within a network and question: other floors serve other requests.
        *Wrong claims* counts plans that, evaluated from the tree alone, have another cost or fidelity
        than the solver says, or miss the floor.

        """
            .formatted(
                machine,
                verdict() + ".",
                Table.count(options.requests()),
                Table.count(options.warmUp()),
                Table.count(options.rowWork()),
                Limits.DEFAULT_MAX_HOPS,
                Table.count(options.budget()),
                Ends.Choice.NEAR,
                Limits.DEFAULT_MAX_HOPS));
    requests.forEach((hardware, table) ->
        section(
            text,
            "One request, %s hardware".formatted(hardware),
            "Devices: %s.".formatted(hardware.text()),
            table.markdown()));
    section(text, "From a cold start", "", freshStart);
    section(
        text,
        "Work budget",
        "The same requests with the default budget of a request and with smaller ones; in rows of fewer requests the first of them.",
        budgets.markdown());
    section(
        text,
        "Snapshot",
        "Memory is that of the snapshot's arrays. An update changes one mode of one link, and makes a new snapshot that shares the rest; 1,000 of them follow one another. Its requests have the small budget, ends at most 8 hops apart and floor 0.9.",
        snapshots.markdown());
    section(
        text,
        "Allocation",
        "Bytes allocated by the asking thread for one request, and the slope of a straight line through bytes over candidate plans looked at: where the search itself allocates nothing, further candidates cost no bytes.",
        allocations.markdown());
    section(
        text,
        "Beside shortest paths",
        """
        What a user would write without the solver: the %d shortest paths of JGraphT (Yen), by lost
        fidelity (−log of the link's w and of the swaps at its ends) or by hops; along each a plan
        that purifies links first (nested, or pumped where allowed; each step where it gains most for its
        cost) and swaps in the best order, by dynamic programming over intervals; end-to-end purification
        where that misses the floor. Each
        request is answered by the solver and by the baselines in turn. Ratios of time take the faster of
        both baselines, ratios of cost the cheaper one; *only baseline* and *cheaper baseline* should be
        0, and *proofs refuted*, those of them that the solver called proven, must be. Dijkstra by hops finds one path and no plan: the floor of any method on this graph library.\
        """
            .formatted(Comparison.PATHS),
        baselines.markdown());
    section(
        text,
        "Growth",
        "Time or memory grows as nodes to the power of the exponent; least squares of logarithms.",
        growth.markdown());
    return text.toString().stripTrailing() + "\n";
  }

  private static void section(StringBuilder text, String title, String words, String table) {
    text.append("## ").append(title).append("\n\n");
    if (!words.isEmpty()) {
      text.append(words).append("\n\n");
    }
    text.append(table);
  }
}
