package net.bellwether.scheduler.judge;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Works out a plan from its tree alone, in the Werner model, and finds what is wrong with a claim.
final class PlanCheck {
  private static final double TOLERANCE = 1e-9;

  private final Instance instance;
  private final Setting setting;
  private final WernerStates states;

  private PlanCheck(Instance instance) {
    this.instance = instance;
    setting = new Setting(instance);
    states = new WernerStates(setting.operations);
  }

  /// What a tree comes to.
  record Figures(double cost, double w, int hops, Set<NodeId> swapNodes, Set<LinkId> links) {}

  static Figures figures(Instance instance, Plan plan) {
    return new PlanCheck(instance).of(plan);
  }

  /// In the unit of the instance's objective, whether or not the plan may be used.
  static double value(Instance instance, Plan plan) {
    var check = new PlanCheck(instance);
    return check.value(check.of(plan));
  }

  private double value(Figures figures) {
    return switch (instance.objective()) {
      case CHEAPEST -> figures.cost();
      case PAIR_RATE -> 1 / figures.cost();
      case SECRET_KEY_RATE ->
          new Key(setting.operations[setting.from], setting.operations[setting.to])
                  .bitsPerPair(figures.w())
              / figures.cost();
      case FIDELITY -> WernerStates.toFidelity(figures.w());
    };
  }

  /// Empty where the plan answers the question and is worth what is claimed.
  static Optional<String> flaw(Instance instance, Verdict.Best claim) {
    try {
      return new PlanCheck(instance).flaw(claim);
    } catch (IllegalArgumentException forbidden) {
      return Optional.of(forbidden.getMessage() + " in " + claim);
    }
  }

  private Optional<String> flaw(Verdict.Best claim) {
    Plan plan = claim.plan();
    Figures figures = of(plan);
    double fidelity = WernerStates.toFidelity(figures.w());
    double value = value(figures);
    String flaw = "";
    if (!plan.left().equals(instance.from()) || !plan.right().equals(instance.to())) {
      flaw = "wrong ends";
    } else if (!(Math.abs(value - claim.value()) <= TOLERANCE * Math.abs(value))) {
      flaw = "the tree is worth " + value;
    } else if (figures.hops() > instance.maxHops()) {
      flaw = "spans " + figures.hops() + " links";
    } else if (!visitsNodes(instance, figures)
        || !figures.links().containsAll(instance.requiredLinks())) {
      flaw = "misses what is required";
    } else if (instance.objective() == Objective.FIDELITY) {
      flaw = 1 / figures.cost() < instance.minPairsPerSecond() * (1 - TOLERANCE) ? "too slow" : "";
    } else if (fidelity < instance.minFidelity() - TOLERANCE) {
      flaw = "fidelity is but " + fidelity;
    }
    return flaw.isEmpty() ? Optional.empty() : Optional.of(flaw + ": " + claim);
  }

  /// The ends count as visited.
  static boolean visitsNodes(Instance instance, Figures figures) {
    Set<NodeId> visited = new TreeSet<>(figures.swapNodes());
    visited.add(instance.from());
    visited.add(instance.to());
    return visited.containsAll(instance.requiredNodes());
  }

  private Figures of(Plan plan) {
    return switch (plan) {
      case Plan.Generate made -> generated(made);
      case Plan.Swap swap -> swapped(swap);
      case Plan.Purify purify -> purified(purify);
      case Plan.Relay relay -> throw new IllegalArgumentException("relay at " + relay.at());
    };
  }

  private Figures generated(Plan.Generate made) {
    for (LinkMode mode : setting.leaves) {
      boolean along = mode.a().equals(made.left()) && mode.b().equals(made.right());
      boolean against = mode.b().equals(made.left()) && mode.a().equals(made.right());
      if (mode.link().equals(made.link())
          && mode.mode().equals(made.mode())
          && (along || against)) {
        double w = WernerStates.ofFidelity(mode.state().fidelity());
        return new Figures(instance.leafCost(mode), w, 1, Set.of(), Set.of(made.link()));
      }
    }
    throw new IllegalArgumentException("unusable " + made);
  }

  private Figures swapped(Plan.Swap swap) {
    Figures left = of(swap.leftPart());
    Figures right = of(swap.rightPart());
    int node = setting.ids.indexOf(swap.at());
    if (node < 0 || !setting.swaps[node] || swap.left().equals(swap.right())) {
      throw new IllegalArgumentException("impossible swap at " + swap.at());
    }
    Set<NodeId> nodes = new TreeSet<>(left.swapNodes());
    nodes.addAll(right.swapNodes());
    nodes.add(swap.at());
    Set<LinkId> links = new TreeSet<>(left.links());
    links.addAll(right.links());
    return new Figures(
        setting.joined(left.cost(), right.cost())
            / setting.operations[node].swapSuccessProbability(),
        states.swap(left.w(), right.w(), node),
        left.hops() + right.hops(),
        nodes,
        links);
  }

  private Figures purified(Plan.Purify purify) {
    if (instance.planClass() == PlanClass.NESTED && !purify.kept().equals(purify.sacrificed())) {
      throw new IllegalArgumentException("unequal purification");
    }
    Figures kept = of(purify.kept());
    Figures sacrificed = of(purify.sacrificed());
    int u = setting.ids.indexOf(purify.left());
    int v = setting.ids.indexOf(purify.right());
    Set<NodeId> nodes = new TreeSet<>(kept.swapNodes());
    nodes.retainAll(sacrificed.swapNodes());
    Set<LinkId> links = new TreeSet<>(kept.links());
    links.retainAll(sacrificed.links());
    return new Figures(
        (kept.cost() + sacrificed.cost()) / states.success(kept.w(), sacrificed.w(), u, v),
        states.purified(kept.w(), sacrificed.w(), u, v),
        Math.max(kept.hops(), sacrificed.hops()),
        nodes,
        links);
  }
}
