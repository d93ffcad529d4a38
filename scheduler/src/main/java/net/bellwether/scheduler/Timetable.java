package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;

/// Which session holds which rounds of the frame on which links, and how many qubits of which
/// nodes. Immutable. No two flows hold a link at the same time, and the flows that hold a node at
/// the same time use no more qubits than it has.
public final class Timetable {
  public static final Timetable EMPTY = new Timetable(new LinkedHashMap<>());

  private final SequencedMap<FlowId, Holding> holdings;

  /// What is asked of a timetable is asked of one link or node at a time.
  private final Map<LinkId, List<Holding>> byLink = new HashMap<>();

  private final Map<NodeId, List<Holding>> byNode = new HashMap<>();

  private Timetable(SequencedMap<FlowId, Holding> holdings) {
    this.holdings = Collections.unmodifiableSequencedMap(holdings);
    for (Holding holding : holdings.values()) {
      for (LinkId link : holding.links()) {
        byLink.computeIfAbsent(link, _ -> new ArrayList<>()).add(holding);
      }
      for (NodeId node : holding.qubits().keySet()) {
        byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(holding);
      }
    }
  }

  /// Of what is installed already, unlike `with` without a look at what overlaps: an older
  /// generation holds its rounds until nodes have forgotten it, beside the newer one of the same
  /// flow, which takes over at one frame.
  public static Timetable of(SequencedMap<FlowId, Holding> holdings) {
    return new Timetable(new LinkedHashMap<>(holdings));
  }

  /// A copy in which `flow` holds what `plan` needs under `grant`, in place of what it held.
  /// Refuses (IllegalArgumentException) what would hold anything twice.
  public Timetable with(FlowId flow, Plan plan, Grant grant, NetworkView view) {
    Timetable others = without(flow);
    StagedPlan staged = StagedPlan.of(plan, view);
    Rounds rounds = grant.rounds();
    boolean free =
        others.freeGaps(staged, grant.memoryShare(), view).stream()
            .anyMatch(gap ->
                gap.startPicos() <= rounds.startPicos() && rounds.endPicos() <= gap.endPicos());
    if (!free) {
      throw new IllegalArgumentException(
          "grant of flow %s (%d to %d ps of the frame) must not overlap what other flows hold of its links and nodes"
              .formatted(flow, rounds.startPicos(), rounds.endPicos()));
    }
    SequencedMap<FlowId, Holding> more = new LinkedHashMap<>(others.holdings);
    more.put(flow, Holding.of(staged, grant));
    return new Timetable(more);
  }

  /// A copy in which `flow` holds nothing.
  public Timetable without(FlowId flow) {
    SequencedMap<FlowId, Holding> rest = new LinkedHashMap<>(holdings);
    rest.remove(flow);
    return new Timetable(rest);
  }

  /// Flows that hold anything, in the order in which they came.
  public List<FlowId> flows() {
    return List.copyOf(holdings.keySet());
  }

  /// Share of the link's session time that flows hold, in [0, 1].
  public double committedShare(LinkId link) {
    long held = 0;
    for (Holding holding : holdings(link)) {
      held += holding.rounds().endPicos() - holding.rounds().startPicos();
    }
    return held / (double) SessionWindow.LENGTH_PICOS;
  }

  /// Share of the link's session time in its longest free piece: what one more flow could get.
  double longestFreeShare(LinkId link) {
    List<Gap> busy = holdings(link).stream().map(Gap::of).toList();
    long longest = 0;
    for (Gap gap : between(busy)) {
      longest = Math.max(longest, gap.lengthPicos());
    }
    return longest / (double) SessionWindow.LENGTH_PICOS;
  }

  private List<Holding> holdings(LinkId link) {
    return byLink.getOrDefault(link, List.of());
  }

  /// A piece of the session time of a frame.
  record Gap(long startPicos, long endPicos) {
    static Gap of(Holding holding) {
      return new Gap(holding.rounds().startPicos(), holding.rounds().endPicos());
    }

    long lengthPicos() {
      return endPicos - startPicos;
    }
  }

  /// The pieces of session time, in order, in which `plan` could run with `memoryShare` of its
  /// modes.
  List<Gap> freeGaps(StagedPlan plan, double memoryShare, NetworkView view) {
    List<Gap> busy = new ArrayList<>();
    for (LinkMode mode : plan.links()) {
      holdings(mode.link()).forEach(holding -> busy.add(Gap.of(holding)));
    }
    Holding.qubits(plan, memoryShare)
        .forEach((node, needed) -> addCrowded(node, MemoryShare.qubits(view, node) - needed, busy));
    return between(busy);
  }

  /// Adds the times at which other flows use more than `spare` qubits of a node.
  private void addCrowded(NodeId node, int spare, List<Gap> busy) {
    if (spare < 0) {
      busy.add(new Gap(SessionWindow.START_PICOS, SessionWindow.END_PICOS));
      return;
    }
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (Holding user : byNode.getOrDefault(node, List.of())) {
      int qubits = user.qubits().getOrDefault(node, 0);
      changes.merge(user.rounds().startPicos(), qubits, Integer::sum);
      changes.merge(user.rounds().endPicos(), -qubits, Integer::sum);
    }
    int used = 0;
    long from = SessionWindow.START_PICOS;
    for (Map.Entry<Long, Integer> change : changes.entrySet()) {
      if (used > spare) {
        busy.add(new Gap(from, change.getKey()));
      }
      used += change.getValue();
      from = change.getKey();
    }
  }

  private static List<Gap> between(List<Gap> busy) {
    List<Gap> sorted = new ArrayList<>(busy);
    sorted.sort(Comparator.comparingLong(Gap::startPicos));
    List<Gap> free = new ArrayList<>();
    long from = SessionWindow.START_PICOS;
    for (Gap gap : sorted) {
      if (gap.startPicos() > from) {
        free.add(new Gap(from, gap.startPicos()));
      }
      from = Math.max(from, gap.endPicos());
    }
    if (from < SessionWindow.END_PICOS) {
      free.add(new Gap(from, SessionWindow.END_PICOS));
    }
    return free;
  }
}
