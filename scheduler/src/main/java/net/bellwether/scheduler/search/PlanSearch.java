package net.bellwether.scheduler.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.search.Graph.Edge;
import net.bellwether.topology.Node;
import net.bellwether.topology.physics.BellDiagonal;

/// Searches simple paths in the order of what they could yield at best, and every plan over each,
/// until no path left could beat the best plan found. Deterministic: bounded by labels, not time.
public final class PlanSearch {
  /// Plans down to this part of the best are candidates too: waiting and decay may reorder them.
  private static final double CANDIDATE_SPREAD = 0.5;

  private static final int MAX_CANDIDATES = 64;

  private static final int MAX_FINEST = 96;

  /// For a first look at a path: finds good plans, proves little. A long path has many spans, and
  /// all of them together must fit the same time.
  private static final int FEW_LABELS_PER_SPAN = 96;

  private static final int FEW_LABELS_PER_PATH = 2_000;

  /// For the proof, which looks only at labels fast enough to beat what was found.
  private static final int MANY_LABELS_PER_SPAN = 2_000;

  /// Part of the budget that the proof on one path may take.
  private static final int PROOF_BUDGET_DIVISOR = 8;

  /// Paths searched beyond the proof, for the sake of candidates.
  private static final int MAX_EXTRA_PATHS = 8;

  private static final Comparator<Candidate> FINEST_FIRST =
      Comparator.comparingDouble((Candidate candidate) -> candidate.state().fidelity()).reversed();

  private final Question question;
  private final Graph graph;
  private final PriorityQueue<Route> open = new PriorityQueue<>();
  private final List<Candidate> found = new ArrayList<>();
  private final double bestKeyBitsPerPair;
  private final List<Candidate> finest = new ArrayList<>();
  private double best;
  private double thinnedBound;
  private long labels;
  private long serial;

  private PlanSearch(Question question) {
    this.question = question;
    this.graph = new Graph(question);
    // Where even perfect pairs yield no key, the search still has to say how fine pairs can be.
    this.bestKeyBitsPerPair = Math.max(1e-9, keyBitsPerPair(BellDiagonal.PERFECT));
  }

  public static Answer answer(Question question) {
    return new PlanSearch(question).run();
  }

  /// Whether any path within the limits of the question joins its ends, capacity of nodes aside.
  public static boolean isConnected(Question question) {
    return new Graph(question).bound(question.from(), 0, Double.POSITIVE_INFINITY) > 0;
  }

  private Answer run() {
    double unbounded = Double.POSITIVE_INFINITY;
    open.add(new Route(List.of(question.from()), List.of(), unbounded, unbounded, 0));
    int extraPaths = 0;
    double openBound = 0;
    boolean complete = true;
    while (!open.isEmpty()) {
      Route route = open.remove();
      boolean proven = route.bound() <= best;
      if (proven && (route.bound() < best * CANDIDATE_SPREAD || extraPaths >= MAX_EXTRA_PATHS)) {
        break;
      }
      if (labels > question.workBudget()) {
        complete = false;
        openBound = Math.max(openBound, route.bound());
        break;
      }
      labels++;
      if (!route.end().equals(question.to())) {
        extend(route);
      } else {
        extraPaths += proven ? 1 : 0;
        complete &= searchTrees(route);
      }
    }
    found.sort(Comparator.comparingDouble(Candidate::value).reversed());
    double upperBound = Math.max(best, Math.max(openBound, thinnedBound));
    return new Answer(
        found.subList(0, Math.min(found.size(), MAX_CANDIDATES)),
        upperBound,
        complete,
        finest,
        labels);
  }

  private void extend(Route route) {
    for (Edge edge : graph.edges(route.end())) {
      boolean ends = edge.to().equals(question.to());
      if (!route.nodes().contains(edge.to()) && (ends || graph.maySwap(edge.to()))) {
        push(route, edge);
      }
    }
  }

  private void push(Route route, Edge edge) {
    double rate = Math.min(route.rate(), edge.bestPairsPerSecond());
    double bound = graph.bound(edge.to(), route.edges().size() + 1, rate) * bestValuePerPair();
    if (bound > 0) {
      open.add(route.extended(edge, bound, ++serial));
    }
  }

  /// False where the budget ran out before the whole path was searched.
  private boolean searchTrees(Route route) {
    double share = memoryShare(route);
    if (share <= 0) {
      return true;
    }
    double spread = best * CANDIDATE_SPREAD / bestValuePerPair();
    int links = route.edges().size();
    int few = Math.clamp(FEW_LABELS_PER_PATH / (links * links), 12, FEW_LABELS_PER_SPAN);
    var look = new TreeSearch(question, graph, route, share, spread, few);
    boolean complete = consider(look, share, question.workBudget() - labels);
    if (complete && look.isThinned()) {
      double faster = best / bestValuePerPair();
      var proof = new TreeSearch(question, graph, route, share, faster, MANY_LABELS_PER_SPAN);
      long budget = question.workBudget() / PROOF_BUDGET_DIVISOR;
      if (!consider(proof, share, budget) || proof.isThinned()) {
        thinnedBound = Math.max(thinnedBound, route.bound());
      }
    } else if (!complete) {
      thinnedBound = Math.max(thinnedBound, route.bound());
    }
    return complete;
  }

  /// Takes what a search finds on one path; false where its budget did not suffice.
  private boolean consider(TreeSearch trees, double share, long budget) {
    for (Label label : trees.run(budget).labels()) {
      consider(label, share);
    }
    labels += trees.labels();
    return trees.labels() <= budget;
  }

  private void consider(Label label, double share) {
    double value =
        question.forKey()
            ? label.pairsPerSecond() * keyBitsPerPair(label.state())
            : label.pairsPerSecond();
    var candidate =
        new Candidate(label.plan(), share, label.pairsPerSecond(), label.state(), value);
    if (label.state().fidelity() >= question.minFidelity() && value > 0) {
      found.add(candidate);
      best = Math.max(best, value);
    }
    // Of interest only as long as nothing meets the floor.
    if (found.isEmpty()) {
      finest.add(candidate);
      finest.sort(FINEST_FIRST);
      if (finest.size() > MAX_FINEST) {
        finest.removeLast();
      }
    }
  }

  private double bestValuePerPair() {
    return question.forKey() ? bestKeyBitsPerPair : 1;
  }

  private double keyBitsPerPair(BellDiagonal state) {
    return KeyYield.of(
            state,
            question.view().node(question.from()).operations(),
            question.view().node(question.to()).operations())
        .asymptoticBitsPerPair();
  }

  /// The part of their modes that all links of a path may use at once: a node's qubits of each kind
  /// must suffice for both of its links. 0 where they do not suffice for one mode each.
  private double memoryShare(Route route) {
    double share = 1;
    for (int i = 0; i < route.nodes().size(); i++) {
      share = Math.min(share, qubits(route, i) / (double) modes(route, i, 1));
    }
    for (int i = 0; i < route.nodes().size(); i++) {
      if (modes(route, i, share) > qubits(route, i)) {
        return 0;
      }
    }
    return share;
  }

  private int qubits(Route route, int at) {
    Node node = question.view().node(route.nodes().get(at));
    return Math.min(node.communicationQubits().count(), node.memoryQubits().count());
  }

  private static int modes(Route route, int at, double share) {
    int modes = 0;
    for (int i = Math.max(0, at - 1); i < Math.min(route.edges().size(), at + 1); i++) {
      modes +=
          route.edges().get(i).modes().stream()
              .mapToInt(mode -> mode.multiplexingOf(share))
              .max()
              .orElse(0);
    }
    return modes;
  }
}
