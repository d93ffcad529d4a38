package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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

  private Timetable(SequencedMap<FlowId, Holding> holdings) {
    this.holdings = Collections.unmodifiableSequencedMap(holdings);
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

  /// Like `with`, for what is installed already: an older generation holds its rounds until nodes
  /// have forgotten it, beside the newer one of the same flow, which takes over at one frame.
  public Timetable withHeld(FlowId flow, Plan plan, Grant grant, NetworkView view) {
    SequencedMap<FlowId, Holding> more = new LinkedHashMap<>(without(flow).holdings);
    more.put(flow, Holding.of(StagedPlan.of(plan, view), grant));
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
    for (Holding holding : holdings.values()) {
      if (holding.links().contains(link)) {
        held += holding.rounds().endPicos() - holding.rounds().startPicos();
      }
    }
    return held / (double) SessionWindow.LENGTH_PICOS;
  }

  /// Share of the link's session time in its longest free piece: what one more flow could get.
  double longestFreeShare(LinkId link) {
    List<Gap> busy = new ArrayList<>();
    for (Holding holding : holdings.values()) {
      if (holding.links().contains(link)) {
        busy.add(Gap.of(holding.rounds()));
      }
    }
    long longest = 0;
    for (Gap gap : between(busy)) {
      longest = Math.max(longest, gap.lengthPicos());
    }
    return longest / (double) SessionWindow.LENGTH_PICOS;
  }

  /// A piece of the session time of a frame.
  record Gap(long startPicos, long endPicos) {
    static Gap of(Rounds rounds) {
      return new Gap(rounds.startPicos(), rounds.endPicos());
    }

    long lengthPicos() {
      return endPicos - startPicos;
    }
  }

  /// The pieces of session time, in order, in which `plan` could run with `memoryShare` of its
  /// modes.
  List<Gap> freeGaps(StagedPlan plan, double memoryShare, NetworkView view) {
    Map<NodeId, Integer> needed = Holding.qubits(plan, memoryShare);
    List<Gap> busy = new ArrayList<>();
    for (Holding holding : holdings.values()) {
      if (holding.usesAnyOf(plan)) {
        busy.add(Gap.of(holding.rounds()));
      }
    }
    for (Map.Entry<NodeId, Integer> need : needed.entrySet()) {
      int spare = MemoryShare.qubits(view, need.getKey()) - need.getValue();
      addCrowded(need.getKey(), spare, busy);
    }
    return between(busy);
  }

  /// Adds the times at which other flows use more than `spare` qubits of a node. What a node uses
  /// only grows at the start of a flow, so it suffices to look there.
  private void addCrowded(NodeId node, int spare, List<Gap> busy) {
    if (spare < 0) {
      busy.add(new Gap(SessionWindow.START_PICOS, SessionWindow.END_PICOS));
      return;
    }
    List<Holding> users =
        holdings.values().stream().filter(holding -> holding.qubits().containsKey(node)).toList();
    List<Long> instants = new ArrayList<>();
    for (Holding user : users) {
      instants.add(user.rounds().startPicos());
      instants.add(user.rounds().endPicos());
    }
    Collections.sort(instants);
    for (int i = 0; i + 1 < instants.size(); i++) {
      long from = instants.get(i);
      int used = 0;
      for (Holding user : users) {
        if (user.rounds().startPicos() <= from && from < user.rounds().endPicos()) {
          used += user.qubits().getOrDefault(node, 0);
        }
      }
      if (used > spare && from < instants.get(i + 1)) {
        busy.add(new Gap(from, instants.get(i + 1)));
      }
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

  /// What one flow holds.
  private record Holding(Rounds rounds, List<LinkId> links, SequencedMap<NodeId, Integer> qubits) {
    static Holding of(StagedPlan plan, Grant grant) {
      return new Holding(
          grant.rounds(),
          plan.links().stream().map(LinkMode::link).toList(),
          qubits(plan, grant.memoryShare()));
    }

    /// Qubits of either kind that each node of the plan uses.
    static SequencedMap<NodeId, Integer> qubits(StagedPlan plan, double memoryShare) {
      SequencedMap<NodeId, Integer> qubits = new LinkedHashMap<>();
      for (NodeId node : plan.nodes()) {
        qubits.put(node, MemoryShare.modes(plan, node, memoryShare));
      }
      return qubits;
    }

    boolean usesAnyOf(StagedPlan plan) {
      return plan.links().stream().anyMatch(mode -> links.contains(mode.link()));
    }
  }
}
