package net.bellwether.scheduler.judge;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// Works out a plan from its tree alone, in the instance's model of states, and finds what is wrong
/// with a claim.
final class PlanCheck {
  private static final double TOLERANCE = 1e-9;

  private final Instance instance;
  private final Setting setting;
  private final States states;

  private PlanCheck(Instance instance) {
    this.instance = instance;
    setting = new Setting(instance);
    states = instance.states().over(setting.operations);
  }

  /// What a tree comes to.
  record Figures(
      double cost,
      double fidelity,
      double errorZ,
      double errorX,
      int hops,
      Set<NodeId> swapNodes,
      Set<LinkId> links) {
    /// The ends count as visited.
    boolean visitsAll(Instance instance) {
      Set<NodeId> visited = new TreeSet<>(swapNodes);
      visited.add(instance.from());
      visited.add(instance.to());
      return visited.containsAll(instance.requiredNodes())
          && links.containsAll(instance.requiredLinks());
    }
  }

  static Figures figures(Instance instance, Plan plan) {
    var check = new PlanCheck(instance);
    return check.of(plan, new double[check.states.width()]);
  }

  /// In the unit of the instance's objective, whether or not the plan may be used.
  static double value(Instance instance, Plan plan) {
    return new PlanCheck(instance).value(figures(instance, plan));
  }

  /// Empty where the plan answers the question and is worth what is claimed.
  static Optional<String> flaw(Instance instance, Verdict.Best claim) {
    try {
      String flaw = new PlanCheck(instance).flaw(claim, figures(instance, claim.plan()));
      return flaw.isEmpty()
          ? Optional.empty()
          : Optional.of("%s: value %s, bound %s".formatted(flaw, claim.value(), claim.bound()));
    } catch (IllegalArgumentException forbidden) {
      return Optional.of(String.valueOf(forbidden.getMessage()));
    }
  }

  private double value(Figures figures) {
    return switch (instance.objective()) {
      case CHEAPEST -> figures.cost();
      case PAIR_RATE -> 1 / figures.cost();
      case SECRET_KEY_RATE ->
          new Key(setting.operations[setting.from], setting.operations[setting.to])
                  .bitsPerPair(figures.errorZ(), figures.errorX())
              / figures.cost();
      case FIDELITY -> figures.fidelity();
    };
  }

  private String flaw(Verdict.Best claim, Figures figures) {
    double value = value(figures);
    Plan plan = claim.plan();
    if (!plan.left().equals(instance.from()) || !plan.right().equals(instance.to())) {
      return "wrong ends";
    }
    if (!(Math.abs(value - claim.value()) <= TOLERANCE * Math.abs(value))) {
      return "the tree is worth " + value;
    }
    if (figures.hops() > instance.maxHops()) {
      return "spans " + figures.hops() + " links";
    }
    if (!figures.visitsAll(instance)) {
      return "misses what is required";
    }
    if (instance.objective() == Objective.FIDELITY) {
      double floor = instance.minPairsPerSecond() * (1 - TOLERANCE);
      return 1 / figures.cost() < floor ? "too slow" : "";
    }
    return figures.fidelity() < instance.minFidelity() - TOLERANCE
        ? "fidelity is but " + figures.fidelity()
        : "";
  }

  /// A sub-plan that was looked at before; deep plans share theirs.
  private record Known(Figures figures, List<Double> state) {}

  private final IdentityHashMap<Plan, Known> known = new IdentityHashMap<>();

  /// Leaves the state in `state`.
  private Figures of(Plan plan, double[] state) {
    Known before = known.get(plan);
    if (before != null) {
      for (int i = 0; i < state.length; i++) {
        state[i] = before.state().get(i);
      }
      return before.figures();
    }
    Figures figures = make(plan, state);
    known.put(plan, new Known(figures, Arrays.stream(state).boxed().toList()));
    return figures;
  }

  private Figures make(Plan plan, double[] state) {
    return switch (plan) {
      case Plan.Generate made -> generated(made, state);
      case Plan.Swap swap -> swapped(swap, state);
      case Plan.Purify purify -> purified(purify, state);
      case Plan.Relay relay -> throw new IllegalArgumentException("relay at " + relay.at());
    };
  }

  private Figures figures(
      double cost, double[] state, int hops, Set<NodeId> nodes, Set<LinkId> links) {
    return new Figures(
        cost,
        states.fidelity(state, 0),
        states.errorZ(state, 0),
        states.errorX(state, 0),
        hops,
        nodes,
        links);
  }

  private Figures generated(Plan.Generate made, double[] state) {
    for (LinkMode mode : setting.leaves) {
      boolean along = mode.a().equals(made.left()) && mode.b().equals(made.right());
      boolean against = mode.b().equals(made.left()) && mode.a().equals(made.right());
      if (mode.link().equals(made.link())
          && mode.mode().equals(made.mode())
          && (along || against)) {
        states.put(mode.state(), state, 0);
        return figures(instance.leafCost(mode), state, 1, Set.of(), Set.of(made.link()));
      }
    }
    throw new IllegalArgumentException("unusable " + made);
  }

  private Figures swapped(Plan.Swap swap, double[] state) {
    double[] other = new double[states.width()];
    Figures left = of(swap.leftPart(), state);
    Figures right = of(swap.rightPart(), other);
    int node = setting.ids.indexOf(swap.at());
    if (node < 0 || !setting.swaps[node] || swap.left().equals(swap.right())) {
      throw new IllegalArgumentException("impossible swap at " + swap.at());
    }
    states.swap(state.clone(), 0, other, 0, node, state);
    Set<NodeId> nodes = new TreeSet<>(left.swapNodes());
    nodes.addAll(right.swapNodes());
    nodes.add(swap.at());
    Set<LinkId> links = new TreeSet<>(left.links());
    links.addAll(right.links());
    double cost = setting.joined(left.cost(), right.cost());
    double success = setting.operations[node].swapSuccessProbability();
    return figures(cost / success, state, left.hops() + right.hops(), nodes, links);
  }

  private Figures purified(Plan.Purify purify, double[] state) {
    if (instance.planClass() == PlanClass.NESTED && !purify.kept().equals(purify.sacrificed())) {
      throw new IllegalArgumentException("unequal purification");
    }
    double[] other = new double[states.width()];
    Figures kept = of(purify.kept(), state);
    Figures sacrificed = of(purify.sacrificed(), other);
    int u = setting.ids.indexOf(purify.left());
    int v = setting.ids.indexOf(purify.right());
    boolean exchanged =
        purify.protocol() == PurificationProtocol.DEJMPS
            && instance.states() == StateModel.BELL_DIAGONAL;
    double success = states.purify(state.clone(), 0, other, 0, u, v, exchanged ? 1 : 0, state);
    Set<NodeId> nodes = new TreeSet<>(kept.swapNodes());
    nodes.retainAll(sacrificed.swapNodes());
    Set<LinkId> links = new TreeSet<>(kept.links());
    links.retainAll(sacrificed.links());
    int hops = Math.max(kept.hops(), sacrificed.hops());
    return figures((kept.cost() + sacrificed.cost()) / success, state, hops, nodes, links);
  }
}
