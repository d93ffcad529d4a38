package net.bellwether.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.bellwether.scheduler.Timetable.Gap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final int TIMETABLES = 300;
  private static final int HOLDINGS_MAX = 40;
  private static final long STEP_PICOS = 1_000_000_000;

  private final NetworkView view =
      TextNetwork.with()
          .memory(new Qubits(160, 100, 1))
          .declared("A -20km- r -20km- C; B -20km- r -20km- D; A -25km- s -25km- B");

  private final List<Plan> plans =
      List.of(
          link("a-r"),
          link("r-d"),
          link("s-b"),
          Plans.swap(link("a-r"), link("r-c")),
          Plans.swap(link("b-r"), link("r-d")),
          Plans.swap(link("a-s"), link("s-b")));

  private Plan link(String name) {
    return Plans.link(view, name, "fine");
  }

  @Test
  void flowsAreThereInTheOrderInWhichTheyCame() {
    Holding holding = Holding.of(plans.getFirst(), Plans.grant(1_000, 2_000, 3), view);
    SequencedMap<FlowId, Holding> holdings = new LinkedHashMap<>();
    holdings.put(FlowId.of("late"), holding);
    holdings.put(FlowId.of("early"), holding);
    assertThat(Timetable.of(holdings).flows())
        .containsExactly(FlowId.of("late"), FlowId.of("early"));
    assertThat(Timetable.of(holdings).without(FlowId.of("late")).flows())
        .containsExactly(FlowId.of("early"));
  }

  @Test
  void whatIsHeldIsFoundAsByALookAtEveryHolding() {
    for (long seed = 0; seed < TIMETABLES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SequencedMap<FlowId, Holding> holdings = new LinkedHashMap<>();
      int count = random.nextInt(HOLDINGS_MAX + 1);
      for (int i = 0; i < count; i++) {
        holdings.put(FlowId.of("f" + i), Holding.of(plan(random), grant(random), view));
      }
      Timetable timetable = Timetable.of(holdings);
      List<Holding> all = List.copyOf(holdings.values());
      for (LinkMode mode : view.linkModes()) {
        LinkId link = mode.link();
        assertThat(timetable.committedShare(link))
            .as("seed %d, %s", seed, link)
            .isEqualTo(
                share(
                    all.stream()
                        .filter(holding -> holding.links().contains(link))
                        .mapToLong(holding -> lengthPicos(holding.rounds()))
                        .sum()));
        List<Gap> free =
            scan(all, held -> held.stream().noneMatch(each -> each.links().contains(link)));
        assertThat(timetable.longestFreeShare(link))
            .as("seed %d, %s", seed, link)
            .isEqualTo(share(free.stream().mapToLong(Gap::lengthPicos).max().orElse(0)));
      }
      StagedPlan asked = StagedPlan.of(plan(random), view);
      double memoryShare = random.nextInt(1, 11) / 10.0;
      assertThat(timetable.freeGaps(asked, memoryShare, view))
          .as("seed %d", seed)
          .isEqualTo(scan(all, held -> fits(asked, memoryShare, held)));
    }
  }

  private Plan plan(SplittableRandom random) {
    return plans.get(random.nextInt(plans.size()));
  }

  /// At whole steps, so that some windows touch.
  private static Grant grant(SplittableRandom random) {
    long start = random.nextInt(90) * STEP_PICOS;
    long length = random.nextInt(1, 6) * STEP_PICOS;
    return new Grant(
        new Rounds(SessionWindow.START_PICOS + start, length - 1, length, 1),
        random.nextInt(1, 11) / 10.0);
  }

  private boolean fits(StagedPlan plan, double memoryShare, List<Holding> held) {
    boolean linksAreFree =
        plan.links().stream()
            .noneMatch(mode -> held.stream().anyMatch(each -> each.links().contains(mode.link())));
    return linksAreFree
        && Holding.qubits(plan, memoryShare).entrySet().stream()
            .allMatch(need -> need.getValue() + used(held, need) <= qubits(need.getKey()));
  }

  private static int used(List<Holding> held, Map.Entry<NodeId, Integer> need) {
    return held.stream().mapToInt(each -> each.qubits().getOrDefault(need.getKey(), 0)).sum();
  }

  private int qubits(NodeId node) {
    return MemoryShare.qubits(view, node);
  }

  /// The longest pieces of session time at every instant of which `isFree` of what is held then.
  private static List<Gap> scan(List<Holding> all, Predicate<List<Holding>> isFree) {
    TreeSet<Long> instants = new TreeSet<>();
    instants.add(SessionWindow.START_PICOS);
    for (Holding holding : all) {
      instants.add(holding.rounds().startPicos());
      instants.add(holding.rounds().endPicos());
    }
    instants.add(SessionWindow.END_PICOS);
    List<Gap> free = new ArrayList<>();
    for (long from : instants.headSet(SessionWindow.END_PICOS)) {
      long to = instants.tailSet(from, false).first();
      List<Holding> held =
          all.stream()
              .filter(each -> each.rounds().startPicos() <= from && from < each.rounds().endPicos())
              .toList();
      if (isFree.test(held)) {
        boolean goesOn = !free.isEmpty() && free.getLast().endPicos() == from;
        free.add(new Gap(goesOn ? free.removeLast().startPicos() : from, to));
      }
    }
    return free;
  }

  private static long lengthPicos(Rounds rounds) {
    return rounds.endPicos() - rounds.startPicos();
  }

  private static double share(long picos) {
    return picos / (double) SessionWindow.LENGTH_PICOS;
  }
}
