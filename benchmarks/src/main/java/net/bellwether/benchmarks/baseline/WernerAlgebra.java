package net.bellwether.benchmarks.baseline;

import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.NodeId;

/// Costs and states of plans of Werner pairs, in elementary pairs, or in seconds where `seconds`.
/// Written from the formulas \[dur1999\], apart from the solver's own.
record WernerAlgebra(boolean seconds) {

  Pair elementary(LinkMode mode, NodeId left) {
    double cost = seconds ? 1 / (mode.fluidPairsPerSecond() * mode.freeShare()) : 1;
    return new Pair.Elementary(cost, (4 * mode.state().fidelity() - 1) / 3, mode, left);
  }

  Pair swapped(Pair left, Pair right, Node at) {
    return new Pair.Swapped(
        swapCost(left.cost(), right.cost(), at),
        left.w() * right.w() * swapFactor(at),
        left,
        right,
        at.id());
  }

  /// The parts of a swap are made side by side, each in its own time.
  double swapCost(double left, double right, Node at) {
    double both = seconds ? Math.max(left, right) : left + right;
    return both / at.operations().swapSuccessProbability();
  }

  static double swapFactor(Node at) {
    double correct = 1 - at.operations().readoutErrorProbability();
    return at.operations().gateFidelity() * (4 * correct * correct - 1) / 3;
  }

  static boolean swaps(Node node) {
    return node.memoryQubits().count() > 0 && node.operations().swapSuccessProbability() > 0;
  }

  Pair purified(Pair kept, Pair sacrificed, Node left, Node right) {
    Operations one = left.operations();
    Operations other = right.operations();
    double misread =
        one.readoutErrorProbability() * (1 - other.readoutErrorProbability())
            + other.readoutErrorProbability() * (1 - one.readoutErrorProbability());
    double gates = one.gateFidelity() * other.gateFidelity();
    double f1 = kept.fidelity();
    double f2 = sacrificed.fidelity();
    double a = (1 - f1) / 3;
    double b = (1 - f2) / 3;
    double agree = (f1 + a) * (f2 + b) + 4 * a * b;
    double success = gates * ((1 - misread) * agree + misread * (1 - agree)) + (1 - gates) / 2;
    double good = (1 - misread) * (f1 * f2 + a * b) + misread * (f1 * b + a * b);
    double fidelity = (gates * good + (1 - gates) / 8) / success;
    return new Pair.Purified(
        (kept.cost() + sacrificed.cost()) / success, (4 * fidelity - 1) / 3, kept, sacrificed);
  }
}
