package net.bellwether.scheduler.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// A plan's stages, inputs before results, the last one finished; what carries them, and how the
/// modes of each link are divided among the stages that it feeds. Immutable.
public final class StagedPlan {
  /// Added to a plan's critical path, so that no stamp meets the end of its round.
  private static final long TAIL_MARGIN_PICOS = 1_000;

  private final List<Stage> stages;
  private final List<NodeId> nodes;
  private final Latencies latencies;
  private final Map<LinkId, ModeSplit> splits = new LinkedHashMap<>();
  private final Demand demand;
  private final Ending ending;
  private final int leftMeasureStage;
  private final int rightMeasureStage;

  private StagedPlan(List<Stage> stages, List<NodeId> nodes, Latencies latencies, Ending ending) {
    this.ending = ending;
    this.stages = List.copyOf(stages);
    this.nodes = nodes;
    this.latencies = latencies;
    this.demand = Demand.of(stages);
    for (Stage stage : stages) {
      if (stage.origin() instanceof Origin.Generated(LinkMode mode)) {
        splits.computeIfAbsent(mode.link(), _ -> new ModeSplit(mode)).add(stage, mode, demand);
      }
    }
    this.leftMeasureStage = measureStage(last(), last().left());
    this.rightMeasureStage = measureStage(last(), last().right());
  }

  /// The stages of `plan` for pairs that are measured.
  public static StagedPlan of(Plan plan, NetworkView view) {
    return of(plan, view, Ending.MEASURED);
  }

  /// The stages of `plan`; refuses (IllegalArgumentException) what `stage` refuses.
  public static StagedPlan of(Plan plan, NetworkView view, Ending ending) {
    return switch (stage(plan, view, ending)) {
      case Staging.Staged(StagedPlan staged) -> staged;
      case Staging.Refused(String reason) ->
          throw new IllegalArgumentException(
              "plan between %s and %s must be one that agents can run: %s"
                  .formatted(plan.left(), plan.right(), reason));
    };
  }

  /// The same for pairs that are measured.
  public static Staging stage(Plan plan, NetworkView view) {
    return stage(plan, view, Ending.MEASURED);
  }

  /// Numbers the stages of `plan`. Two equal sub-plans of a purification share their stages.
  /// Refused are key relays, paths that meet themselves, and links with fewer modes than their
  /// stages need. IllegalArgumentException where the plan does not fit the view.
  public static Staging stage(Plan plan, NetworkView view, Ending ending) {
    Optional<String> refusal = Route.refusal(plan);
    if (refusal.isPresent()) {
      return new Staging.Refused(refusal.get());
    }
    List<LinkMode> links = new ArrayList<>();
    Numbering.collectLinks(plan, view, links);
    List<NodeId> nodes = List.copyOf(Route.nodes(plan));
    Latencies latencies = Latencies.of(nodes, links);
    StagedPlan staged =
        new StagedPlan(new Numbering(view, latencies).of(plan), nodes, latencies, ending);
    return staged
        .lackOfModes()
        .<Staging>map(Staging.Refused::new)
        .orElse(new Staging.Staged(staged));
  }

  private Optional<String> lackOfModes() {
    return splits.values().stream()
        .filter(split -> split.least() > split.link().multiplexing())
        .findFirst()
        .map(split ->
            "link %s has %s, the plan needs %d"
                .formatted(split.link().link(), modes(split.link().multiplexing()), split.least()));
  }

  private static String modes(int count) {
    return count == 1 ? "1 mode" : count + " modes";
  }

  public List<Stage> stages() {
    return stages;
  }

  public Stage last() {
    return stages.getLast();
  }

  /// All nodes, in the order of the plan's first path.
  public List<NodeId> nodes() {
    return nodes;
  }

  /// Every link once, in the order of the plan's first path, as one of its modes that are used;
  /// multiplexing, timing and free share are the same for all modes of a link.
  public List<LinkMode> links() {
    return splits.values().stream().map(ModeSplit::link).toList();
  }

  /// Time that messages take between two nodes of the plan, the shortest way over its links.
  public long latencyPicos(NodeId one, NodeId other) {
    return latencies.between(one, other);
  }

  /// Pairs of `stage` that one finished pair takes on average where nothing waits.
  public double pairsPerFinished(Stage stage) {
    return demand.pairs()[stage.number()];
  }

  /// Modes of `link` that the plan uses at `memoryShare` of them.
  public int modes(LinkId link, double memoryShare) {
    return split(link).modes(memoryShare);
  }

  /// Modes of `link` without which the plan finishes nothing.
  public int leastModes(LinkId link) {
    return split(link).least();
  }

  /// Modes that make pairs of `leaf`, in `mode`. Those of all leaves of a link are `modes`.
  public int multiplexing(Stage leaf, LinkMode mode, double memoryShare) {
    return split(mode.link()).modesOf(leaf.number(), memoryShare);
  }

  private ModeSplit split(LinkId link) {
    ModeSplit split = splits.get(link);
    if (split == null) {
      throw new IllegalArgumentException("link (" + link + ") is not one of the plan's");
    }
    return split;
  }

  /// Time a round needs after its attempts: the plan's longest chain of messages.
  public long tailPicos() {
    Stage last = last();
    return Math.max(last.readyPicos(last.left()), last.readyPicos(last.right()))
        + TAIL_MARGIN_PICOS;
  }

  /// The stages at which the ends may measure: after the last purification that needs their qubit.
  public int leftMeasureStage() {
    return leftMeasureStage;
  }

  public int rightMeasureStage() {
    return rightMeasureStage;
  }

  /// Whether `end` has measured its half by the time a pair enters `stage`.
  public boolean isMeasured(NodeId end, Stage stage) {
    return switch (ending) {
      case MEASURED -> isPastMeasurement(end, stage);
      case KEPT -> false;
    };
  }

  private boolean isPastMeasurement(NodeId end, Stage stage) {
    return (end.equals(last().left()) && stage.number() >= leftMeasureStage)
        || (end.equals(last().right()) && stage.number() >= rightMeasureStage);
  }

  private static int measureStage(Stage last, NodeId end) {
    Stage stage = last;
    while (stage.origin() instanceof Origin.Swapped swapped) {
      stage = end.equals(last.left()) ? swapped.leftInput() : swapped.rightInput();
    }
    return stage.number();
  }
}
