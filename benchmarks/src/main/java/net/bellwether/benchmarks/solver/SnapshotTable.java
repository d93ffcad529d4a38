package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.benchmarks.Distribution;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;

/// What a snapshot weighs, how long it takes to build, and to follow a change of one link; and
/// whether one that has followed many changes still answers like one built anew, and as fast.
final class SnapshotTable {
  private static final int UPDATES = 1_000;
  private static final int WARM_UPDATES = 200;
  private static final int BUILDS = 5;
  private static final int ASKED_AFTER = 100;
  private static final double MIN_FIDELITY = 0.9;
  private static final long SEED = 11;

  private final Table table =
      new Table(
          "network",
          "nodes",
          "link modes",
          "build ms p50",
          "B/node",
          "update µs p50",
          "p99",
          "worst",
          "kB/update",
          "request µs p50, first built",
          "after " + UPDATES + " updates",
          "built anew",
          "answers that differ from those of one built anew");

  /// A snapshot's measures that grow with the network.
  record Measured(double buildNanos, double bytes, double updateNanos) {}

  Measured add(TestNetwork network, List<Ends> ends, long workBudget) {
    Distribution builds = builds(network.view());
    SplittableRandom random = new SplittableRandom(SEED);
    List<LinkMode> changes = changes(network.view(), random);
    NetworkSnapshot snapshot = network.snapshot();
    for (LinkMode change : changes.subList(0, WARM_UPDATES)) {
      snapshot = snapshot.with(change);
    }
    List<Answer.Timed<NetworkSnapshot>> updates = new ArrayList<>();
    List<Long> bytes = new ArrayList<>();
    for (LinkMode change : changes.subList(WARM_UPDATES, changes.size())) {
      NetworkSnapshot before = snapshot;
      long allocated = Answer.allocatedBytes();
      Answer.Timed<NetworkSnapshot> update = Answer.Timed.of(() -> before.with(change));
      bytes.add(Answer.allocatedBytes() - allocated);
      updates.add(new Answer.Timed<>(before, update.nanos()));
      snapshot = update.result();
    }
    Distribution nanos = Distribution.of(updates, Answer.Timed::nanos);
    NetworkSnapshot anew = NetworkSnapshot.of(changed(network.view(), changes));
    List<Ends> asked = ends.subList(0, Math.min(ASKED_AFTER, ends.size()));
    List<Answer> first = answers(network.snapshot(), asked, workBudget);
    List<Answer> followed = answers(snapshot, asked, workBudget);
    List<Answer> rebuilt = answers(anew, asked, workBudget);
    long different = 0;
    for (int i = 0; i < asked.size(); i++) {
      different += sameAnswer(followed.get(i), rebuilt.get(i)) ? 0 : 1;
    }
    table.row(
        network.title(),
        Table.count(network.nodeCount()),
        Table.count(network.view().linkModes().size()),
        Table.millis(builds.p50()),
        Table.number((double) network.snapshot().memoryBytes() / network.nodeCount()),
        Table.micros(nanos.p50()),
        Table.micros(nanos.p99()),
        Table.micros(nanos.worst()),
        Table.number(Distribution.of(bytes, Long::doubleValue).p50() / 1e3),
        Table.micros(Distribution.of(first, Answer::nanos).p50()),
        Table.micros(Distribution.of(followed, Answer::nanos).p50()),
        Table.micros(Distribution.of(rebuilt, Answer::nanos).p50()),
        "%d of %d".formatted(different, asked.size()));
    return new Measured(builds.p50(), network.snapshot().memoryBytes(), nanos.p50());
  }

  private static Distribution builds(NetworkView view) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < BUILDS; i++) {
      nanos.add(Answer.Timed.of(() -> NetworkSnapshot.of(view)).nanos());
    }
    return Distribution.of(nanos, Long::doubleValue);
  }

  /// Link modes anywhere, each with up to a tenth more or less error than declared.
  private static List<LinkMode> changes(NetworkView view, SplittableRandom random) {
    List<LinkMode> changes = new ArrayList<>();
    for (int i = 0; i < WARM_UPDATES + UPDATES; i++) {
      LinkMode mode = view.linkModes().get(random.nextInt(view.linkModes().size()));
      double error = (1 - mode.state().fidelity()) * random.nextDouble(0.9, 1.1);
      changes.add(Hardware.withError(mode, error, mode.attemptSuccessProbability()));
    }
    return changes;
  }

  private static NetworkView changed(NetworkView view, List<LinkMode> changes) {
    Map<List<Object>, LinkMode> last = new LinkedHashMap<>();
    changes.forEach(mode -> last.put(List.of(mode.link(), mode.mode()), mode));
    return new NetworkView(
        view.nodes(),
        view.linkModes().stream()
            .map(mode -> last.getOrDefault(List.of(mode.link(), mode.mode()), mode))
            .toList());
  }

  private static List<Answer> answers(NetworkSnapshot snapshot, List<Ends> ends, long workBudget) {
    return ends.stream()
        .map(each -> Answer.to(snapshot, Question.CHEAPEST.ask(each, MIN_FIDELITY, workBudget)))
        .toList();
  }

  /// Plans of one cost, or none at all; where nothing is proven, other bounds may lead to others.
  private static boolean sameAnswer(Answer one, Answer other) {
    if (one.isProvenBest() && other.isProvenBest()) {
      return !Cell.differ(one.cost(), other.cost());
    }
    return !(one.isProvenInfeasible() && other.isPlan())
        && !(one.isPlan() && other.isProvenInfeasible());
  }

  String markdown() {
    return table.markdown();
  }
}
