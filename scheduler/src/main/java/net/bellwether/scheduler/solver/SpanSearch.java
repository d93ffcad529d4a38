package net.bellwether.scheduler.solver;

import java.util.Arrays;
import net.bellwether.scheduler.PurificationClass;
import net.bellwether.scheduler.StateModel;

/// All plans that can matter, cheapest first: Knuth's generalisation of Dijkstra's algorithm to
/// trees, over the spans between any two nodes, with Pareto dominance in cost and state. Exact
/// where `coarseness` is 0, because every operation costs at least its arguments and is monotone.
final class SpanSearch {
  /// How a search ended.
  enum End {
    FOUND,
    EXHAUSTED,
    OUT_OF_BUDGET
  }

  private static final int COMPARISONS_PER_CANDIDATE = 8;

  private static final double MUCH_MORE = 1.5;

  private static final double STEP_SHARE = 0.1;

  /// Which plans a search looks at.
  enum Scope {
    /// Over the marked path, purifying only pairs of one sub-plan.
    PATH,
    /// Those whose parts, links aside, begin at one of the two ends. Seldom worse than all.
    ENDS,
    ALL
  }

  /// Labels of equal fidelity to this are one.
  private static final double EQUAL = 1e-14;

  final Labels labels = new Labels();
  private final LabelQueue queue = new LabelQueue(labels);
  private final Spans spans = new Spans();
  private final BellStates bellStates = new BellStates(labels);
  private int[] olderInSpan = new int[0];

  /// Processed labels by the nodes they end at, oldest first; side by side, because a swap reads
  /// them all.
  private int entryCount;

  private int[] nextAtNode = new int[0];
  private int[] entryLabel = new int[0];
  private int[] entryFar = new int[0];
  private double[] entryCost = new double[0];
  private double[] entryWerner = new double[0];
  private double[] entryLoss = new double[0];

  /// Of nodes that have entries: distances to both ends, and the share of the swap there.
  private double[] toNear = new double[0];

  private double[] toFar = new double[0];
  private double[] shares = new double[0];
  private int[] firstAtNode = new int[0];
  private int[] lastAtNode = new int[0];
  private int[] nodeRun = new int[0];
  private int[] pathRun = new int[0];
  private int run;
  private int path;

  private Usable usable = Usable.NOTHING;
  private Metric metric =
      new Metric.Timed(Relaxation.NONE, Usable.NOTHING, new Terms.Timed(), StateModel.WERNER);
  private Distances near = Distances.NONE;
  private Distances far = Distances.NONE;
  private Aim aim = new Aim.Least(metric, 1, 0);
  private Requirements required = Requirements.NONE;
  private boolean addsUp;
  private boolean bell;
  private boolean nested;
  private boolean tracked;
  private Scope scope = Scope.ALL;
  private double coarseness;
  private boolean limited;

  /// Whether what is left out needs stand-ins, and the limit on lengths that they go by.
  private boolean standsIn;

  private double lengthLimit;
  private double cheapest;
  private double openValue;
  private boolean leftOutLong;
  private final LeftOut leftOut = new LeftOut(metric);

  /// Candidates looked at since the last question.
  private long candidates;

  private long processed;

  /// Turns to another question. `near` and `far` are distances from the two ends.
  void ask(
      Usable usable,
      Metric metric,
      Distances near,
      Distances far,
      Requirements required,
      StateModel states,
      PurificationClass purifications) {
    this.usable = usable;
    this.metric = metric;
    this.near = near;
    this.far = far;
    this.required = required;
    this.addsUp = metric.terms.addsUp();
    this.bell = states == StateModel.BELL_DIAGONAL;
    this.nested = purifications == PurificationClass.NESTED;
    this.candidates = 0;
    this.processed = 0;
    this.cheapest = Double.NaN;
    leftOut.ask(metric);
    int nodes = usable.snapshot.nodeCount();
    if (nodes > nodeRun.length) {
      firstAtNode = new int[nodes];
      lastAtNode = new int[nodes];
      nodeRun = new int[nodes];
      toNear = new double[nodes];
      toFar = new double[nodes];
      shares = new double[nodes];
      pathRun = new int[nodes];
      run = 0;
      path = 0;
    }
  }

  /// The nodes that a search keeps to where it is told so.
  void markPath(int[] nodes, int count) {
    path++;
    for (int i = 0; i < count; i++) {
      pathRun[nodes[i]] = path;
    }
  }

  long candidates() {
    return candidates;
  }

  long processed() {
    return processed;
  }

  int spanCount() {
    return spans.count();
  }

  /// Whether anything was left out because of the limits of the aim; if not, there is nothing more.
  boolean wasLimited() {
    return limited;
  }

  End search(Aim aim, boolean tracked, Scope scope, double coarseness, long budget) {
    this.aim = aim;
    this.tracked = tracked;
    this.scope = scope;
    this.coarseness = coarseness;
    labels.clear();
    queue.clear();
    spans.clear();
    entryCount = 0;
    run++;
    limited = false;
    leftOutLong = false;
    openValue = Double.NaN;
    standsIn = !nested && !bell && scope == Scope.ALL && coarseness == 0;
    lengthLimit = aim.lengthLimit;
    long start = candidates;
    addLinks();
    while (!queue.isEmpty()) {
      int label = queue.removeFirst();
      if (labels.cost[label] >= aim.costLimit) {
        limited = true;
        return End.EXHAUSTED;
      }
      int u = labels.u[label];
      int v = labels.v[label];
      int span = spans.findOrAdd(u, v);
      if (isDominated(span, label)) {
        continue;
      }
      boolean root = isRoot(u, v);
      if (labels.standIn[label] && root && meetsRequirements(label)) {
        double value = aim.valueOf(labels, label);
        if (!Double.isNaN(value)) {
          open(value);
          continue;
        }
      }
      processed++;
      spans.bestAny[span] = Math.max(spans.bestAny[span], labels.werner[label]);
      if (!labels.standIn[label]) {
        spans.best[span] = Math.max(spans.best[span], labels.werner[label]);
      }
      olderInSpan[label] = spans.newest[span];
      spans.newest[span] = label;
      if (root && !labels.standIn[label] && meetsRequirements(label) && aim.take(labels, label)) {
        return End.FOUND;
      }
      purifyAll(label, span);
      if (standsIn) {
        purifyWithLeftOut(label, span);
      }
      if (!root) {
        swapAll(label, u, v);
        swapAll(label, v, u);
        append(label, u, v);
        append(label, v, u);
      }
      if (candidates - start > budget) {
        return End.OUT_OF_BUDGET;
      }
    }
    return End.EXHAUSTED;
  }

  private void open(double value) {
    boolean better = aim instanceof Aim.Least ? !(value >= openValue) : !(value <= openValue);
    if (better) {
      openValue = value;
    }
  }

  /// Whether a plan could be better than the best one found, of which a part was left out for its
  /// length alone.
  boolean isOpen() {
    return !Double.isNaN(openValue);
  }

  /// The best value that such a plan could have.
  double openValue() {
    return openValue;
  }

  /// A bound on all other plans, with such plans.
  double loosened(double bound, boolean least) {
    if (!isOpen()) {
      return bound;
    }
    return least ? Math.min(bound, openValue) : Math.max(bound, openValue);
  }

  /// Whether all plans that were left out are bounded. There is no stand-in for Bell-diagonal
  /// states, of which lengths do not tell enough; nested purification needs none, as both inputs
  /// are equally long.
  boolean isCovered() {
    return !leftOutLong || nested || standsIn;
  }

  /// The best bound of all that is still open.
  double openBound(boolean least) {
    double best = least ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < queue.size(); i++) {
      int label = queue.get(i);
      int u = labels.u[label];
      int v = labels.v[label];
      double length = lengthOf(u, v, label) + missing(u, v);
      double bound = aim.bound(length, labels.cost[label]);
      best = least ? Math.min(best, bound) : Math.max(best, bound);
    }
    return best;
  }

  /// The processed labels of the root, finest first.
  int newestOfRoot() {
    int span = spans.find(usable.from, usable.to);
    return span < 0 ? -1 : spans.newest[span];
  }

  int older(int label) {
    return olderInSpan[label];
  }

  private double lengthOf(int u, int v, int label) {
    double loss = metric.shared(u, v, labels.loss[label]);
    return addsUp ? metric.length(labels.cost[label], loss) : loss * labels.power[label];
  }

  private boolean isRoot(int u, int v) {
    return usable.isEnd(u) && usable.isEnd(v);
  }

  private boolean meetsRequirements(int label) {
    return !tracked
        || (labels.hops[label] <= required.maxHops()
            && labels.visits[label] == required.everything());
  }

  private void addLinks() {
    addLinks(near);
    addLinks(far);
  }

  /// Links that leave the settled nodes of one end; those of both are taken once.
  private void addLinks(Distances settled) {
    NetworkSnapshot snapshot = usable.snapshot;
    for (int i = 0; i < settled.settledCount(); i++) {
      int u = settled.settled(i);
      if (settled == far && near.isSettled(u)) {
        continue;
      }
      int end = snapshot.firstArc(u + 1);
      for (int arc = snapshot.firstArc(u); arc < end; arc++) {
        int v = snapshot.arcTo(arc);
        boolean again = settled.isSettled(v) ? v < u : settled == far && near.isSettled(v);
        if (!again && mayUse(snapshot.arcLink(arc), u, v)) {
          addModes(snapshot.arcLink(arc), u, v);
        }
      }
    }
  }

  private boolean mayUse(int link, int u, int v) {
    return usable.mayCross(link, v)
        && usable.mayCross(link, u)
        && (scope != Scope.PATH || (pathRun[u] == path && pathRun[v] == path));
  }

  private void addModes(int link, int u, int v) {
    NetworkSnapshot snapshot = usable.snapshot;
    for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
      if (snapshot.rate(mode) > 0) {
        candidates++;
        double cost = metric.terms.cost(snapshot, link, mode);
        double power = addsUp ? 0 : Metric.power(cost, metric.rule.exponent());
        if (isAdmitted(u, v, cost, power, metric.loss(mode))) {
          int label = add(u, v, cost, power, snapshot.werner(mode), metric.loss(mode));
          labels.how[label] = Labels.generated(mode);
          if (bell) {
            bellStates.set(label, snapshot.origin(mode).state());
          }
          if (tracked) {
            labels.hops[label] = 1;
            labels.visits[label] = required.link(link) | required.node(u) | required.node(v);
          }
          queue.add(label);
        }
      }
    }
  }

  /// Whether a sub-plan can be part of a plan that the aim is interested in.
  private boolean isAdmitted(int u, int v, double cost, double power, double loss) {
    double limit = isRoot(u, v) ? aim.costLimit : aim.costLimit * usable.snapshot.bestSwapSuccess();
    if (cost >= limit) {
      limited = true;
      return false;
    }
    double missing = missing(u, v);
    double most = standsIn ? lengthLimit : aim.lengthLimit;
    if (missing < most
        && metric.isShorter(cost, power, metric.shared(u, v, loss), most - missing)) {
      return true;
    }
    limited = true;
    leftOutLong = true;
    return false;
  }

  private double missing(int u, int v) {
    return Math.min(near.atLeast(u) + far.atLeast(v), near.atLeast(v) + far.atLeast(u));
  }

  private int add(int u, int v, double cost, double power, double werner, double loss) {
    labels.makeRoom(bell, tracked);
    if (labels.u.length > olderInSpan.length) {
      olderInSpan = Arrays.copyOf(olderInSpan, labels.u.length);
    }
    int label = labels.count++;
    labels.u[label] = u;
    labels.v[label] = v;
    labels.cost[label] = cost;
    labels.power[label] = power;
    labels.werner[label] = werner;
    labels.loss[label] = loss;
    labels.standIn[label] = false;
    return label;
  }

  /// Whether a processed label of the span is as good in all that counts.
  private boolean isDominated(int span, int label) {
    double werner = labels.werner[label];
    if (!improves(span, werner, labels.cost[label], labels.standIn[label])) {
      return (!bell && !tracked) || isMatched(span, label);
    }
    return false;
  }

  /// In a coarse search by enough; what costs much more than all before it needs to improve less,
  /// so that purification is not left out step by step.
  private boolean improves(int span, double werner, double cost, boolean standIn) {
    double best = standIn ? spans.bestAny[span] : spans.best[span];
    if (coarseness == 0) {
      return werner > best + EQUAL;
    }
    int newest = spans.newest[span];
    boolean dear = newest >= 0 && cost > MUCH_MORE * labels.cost[newest];
    double needed = dear ? coarseness * STEP_SHARE : coarseness;
    return werner > best + needed * (1 - best);
  }

  private boolean isMatched(int span, int label) {
    long compared = 0;
    boolean matched = false;
    for (int other = spans.newest[span]; other >= 0 && !matched; other = olderInSpan[other]) {
      compared++;
      matched = stands(other, label);
    }
    // Comparisons are much cheaper than candidates, but long fronts take many.
    candidates += compared / COMPARISONS_PER_CANDIDATE;
    return matched;
  }

  /// Whether `other`, which costs no more, can stand for `label` anywhere.
  private boolean stands(int other, int label) {
    if (labels.standIn[other] && !labels.standIn[label]) {
      return false;
    }
    if (tracked
        && (labels.hops[other] > labels.hops[label]
            || (labels.visits[label] & ~labels.visits[other]) != 0)) {
      return false;
    }
    return bell
        ? bellStates.covers(other, label, coarseness)
        : labels.werner[other] >= labels.werner[label] - EQUAL;
  }

  private void append(int label, int node, int far) {
    if (entryCount == nextAtNode.length) {
      int size = Math.max(256, 2 * entryCount);
      nextAtNode = Arrays.copyOf(nextAtNode, size);
      entryLabel = Arrays.copyOf(entryLabel, size);
      entryFar = Arrays.copyOf(entryFar, size);
      entryCost = Arrays.copyOf(entryCost, size);
      entryWerner = Arrays.copyOf(entryWerner, size);
      entryLoss = Arrays.copyOf(entryLoss, size);
    }
    int entry = entryCount++;
    entryLabel[entry] = label;
    entryFar[entry] = far;
    entryCost[entry] = labels.cost[label];
    entryWerner[entry] = labels.werner[label];
    entryLoss[entry] = labels.loss[label];
    nextAtNode[entry] = -1;
    if (nodeRun[node] != run) {
      nodeRun[node] = run;
      firstAtNode[node] = entry;
      toNear[node] = near.atLeast(node);
      toFar[node] = this.far.atLeast(node);
      shares[node] = metric.share(node);
    } else {
      nextAtNode[lastAtNode[node]] = entry;
    }
    lastAtNode[node] = entry;
  }

  /// Joins a label that ends at `at` with all that came before it there.
  private void swapAll(int label, int at, int end) {
    if (nodeRun[at] != run || !usable.maySwap(at)) {
      return;
    }
    NetworkSnapshot snapshot = usable.snapshot;
    double success = snapshot.swapSuccess(at);
    double factor = snapshot.swapFactor(at);
    double swapLoss = metric.swapLoss(at);
    double cost = labels.cost[label];
    double werner = labels.werner[label];
    double loss = labels.loss[label];
    double power = labels.power[label];
    double powerFactor = addsUp ? 0 : Metric.power(1 / success, metric.rule.exponent());
    double joinedPower = addsUp ? 0 : power * powerFactor;
    double endNear = near.atLeast(end);
    double endFar = this.far.atLeast(end);
    double sharedAtEnd = swapLoss - metric.rule.offset() + metric.share(end);
    boolean fromEnd = usable.isEnd(end);
    double costLimit = aim.costLimit;
    double partLimit = costLimit * snapshot.bestSwapSuccess();
    double most = standsIn ? lengthLimit : aim.lengthLimit;
    long joins = 0;
    for (int entry = firstAtNode[at]; entry >= 0; entry = nextAtNode[entry]) {
      int far = entryFar[entry];
      if (far == end || (scope == Scope.ENDS && !fromEnd && !usable.isEnd(far))) {
        continue;
      }
      // What came before costs no more than this label.
      double joined = (addsUp ? cost + entryCost[entry] : cost) / success;
      if (joined >= costLimit) {
        limited = true;
        break;
      }
      joins++;
      if (joined >= partLimit && !(fromEnd && usable.isEnd(far))) {
        limited = true;
        continue;
      }
      double missing = Math.min(endNear + toFar[far], endFar + toNear[far]);
      double joinedLoss = loss + entryLoss[entry];
      double shared = joinedLoss + sharedAtEnd + shares[far];
      if (!metric.isShorter(joined, joinedPower, shared, most - missing)) {
        limited = true;
        leftOutLong = true;
        continue;
      }
      int other = entryLabel[entry];
      if (bell) {
        bellStates.swap(label, other, snapshot, at);
        offerBell(end, far, joined, joinedPower, label, other, at);
      } else {
        double joinedWerner = factor * werner * entryWerner[entry];
        keep(end, far, joined, joinedPower, joinedWerner, joinedLoss + swapLoss, label, other, at);
      }
    }
    candidates += joins;
  }

  private void purifyAll(int label, int span) {
    int u = labels.u[label];
    int v = labels.v[label];
    NetworkSnapshot snapshot = usable.snapshot;
    double gates = snapshot.gateFidelity(u) * snapshot.gateFidelity(v);
    double readU = snapshot.readoutError(u);
    double readV = snapshot.readoutError(v);
    double misread = readU * (1 - readV) + readV * (1 - readU);
    for (int other = label;
        other >= 0;
        other = (nested || scope == Scope.PATH) ? -1 : olderInSpan[other]) {
      double cost = labels.cost[label] + labels.cost[other];
      if (cost >= aim.costLimit) {
        limited = true;
        continue;
      }
      candidates++;
      if (bell) {
        purifyBell(label, other, cost, gates, misread);
        continue;
      }
      double kept = labels.werner[label];
      double sacrificed = labels.werner[other];
      // With readout errors it is better to keep the better pair.
      boolean newer = kept >= sacrificed;
      double p = Werner.success(gates, misread, kept, sacrificed);
      double werner =
          newer
              ? Werner.purified(gates, misread, kept, sacrificed, p)
              : Werner.purified(gates, misread, sacrificed, kept, p);
      if (werner <= Werner.USELESS
          || (!tracked
              && !improves(span, werner, cost, labels.standIn[label] || labels.standIn[other]))) {
        continue;
      }
      double raised = cost / p;
      if (raised >= aim.costLimit) {
        limited = true;
        continue;
      }
      double power = addsUp ? 0 : Metric.power(raised, metric.rule.exponent());
      offer(
          u,
          v,
          raised,
          power,
          werner,
          -StrictMath.log(werner),
          newer ? label : other,
          newer ? other : label,
          Labels.BBPSSW);
    }
  }

  /// Purifies with what was left out because it is too long.
  private void purifyWithLeftOut(int label, int span) {
    int u = labels.u[label];
    int v = labels.v[label];
    NetworkSnapshot snapshot = usable.snapshot;
    double gates = snapshot.gateFidelity(u) * snapshot.gateFidelity(v);
    double readU = snapshot.readoutError(u);
    double readV = snapshot.readoutError(v);
    double misread = readU * (1 - readV) + readV * (1 - readU);
    double mine = labels.werner[label];
    double cost = labels.cost[label];
    // In a tracked search a purification may serve though it does not improve the state.
    double aimed = tracked ? Werner.USELESS : spans.bestAny[span];
    double least = Werner.partner(gates, misread, mine, aimed);
    if (least >= 1) {
      return;
    }
    double most = isRoot(u, v) ? aim.costLimit : aim.costLimit * snapshot.bestSwapSuccess();
    leftOut.start(
        u, v, lengthLimit - missing(u, v), cheapest(), Math.max(least, Werner.USELESS), cost);
    while (cost + leftOut.cost < most) {
      candidates++;
      double partner = leftOut.werner;
      double p = Werner.success(gates, misread, mine, partner);
      double werner =
          Werner.purified(gates, misread, Math.max(mine, partner), Math.min(mine, partner), p);
      double raised = (cost + leftOut.cost) / p;
      if (raised < most && werner > aimed) {
        aimed = tracked ? aimed : werner;
        double power = addsUp ? 0 : Metric.power(raised, metric.rule.exponent());
        double loss = -StrictMath.log(werner);
        offer(u, v, raised, power, werner, loss, label, label, Labels.STAND_IN);
      }
      if (leftOut.isLast()) {
        break;
      }
      leftOut.advance();
    }
  }

  /// The least that an elementary pair costs anywhere.
  private double cheapest() {
    if (Double.isNaN(cheapest)) {
      cheapest = metric.cheapest();
    }
    return cheapest;
  }

  private void purifyBell(int label, int other, double cost, double gates, double misread) {
    for (int protocol = Labels.BBPSSW; protocol >= Labels.DEJMPS; protocol--) {
      for (int order = 0; order < (label == other ? 1 : 2); order++) {
        int kept = order == 0 ? label : other;
        int sacrificed = order == 0 ? other : label;
        double p = bellStates.purify(kept, sacrificed, protocol, gates, misread);
        double raised = cost / p;
        if (p > 0 && raised < aim.costLimit) {
          double power = addsUp ? 0 : Metric.power(raised, metric.rule.exponent());
          offerBell(labels.u[label], labels.v[label], raised, power, kept, sacrificed, protocol);
        } else {
          limited = true;
        }
      }
    }
  }

  private void offerBell(int u, int v, double cost, double power, int left, int right, int how) {
    double werner = bellStates.resultWerner();
    if (werner > Werner.USELESS) {
      double loss = -StrictMath.log(Math.min(1, 2 * Werner.fidelity(werner) - 1));
      offer(u, v, cost, power, werner, loss, left, right, how);
    }
  }

  private void offer(
      int u,
      int v,
      double cost,
      double power,
      double werner,
      double loss,
      int left,
      int right,
      int how) {
    if (werner > Werner.USELESS && isAdmitted(u, v, cost, power, loss)) {
      keep(u, v, cost, power, werner, loss, left, right, how);
    }
  }

  /// Takes an admitted label in, if it is better than what there is.
  private void keep(
      int u,
      int v,
      double cost,
      double power,
      double werner,
      double loss,
      int left,
      int right,
      int how) {
    if (werner <= Werner.USELESS) {
      return;
    }
    boolean standIn = labels.standIn[left] || labels.standIn[right] || how == Labels.STAND_IN;
    int span = spans.find(u, v);
    if (span >= 0 && !bell && !tracked && !improves(span, werner, cost, standIn)) {
      return;
    }
    int hops = 0;
    int visits = 0;
    if (tracked) {
      boolean swap = how >= 0;
      hops =
          swap
              ? labels.hops[left] + labels.hops[right]
              : Math.max(labels.hops[left], labels.hops[right]);
      visits =
          swap
              ? labels.visits[left] | labels.visits[right] | required.node(how)
              : labels.visits[left] & labels.visits[right];
      if (hops > required.maxHops()) {
        return;
      }
    }
    int label = add(u, v, cost, power, werner, loss);
    labels.left[label] = left;
    labels.right[label] = right;
    labels.how[label] = how;
    labels.standIn[label] = standIn;
    if (bell) {
      bellStates.store(label);
    }
    if (tracked) {
      labels.hops[label] = hops;
      labels.visits[label] = visits;
    }
    if (span >= 0 && (bell || tracked) && isMatched(span, label)) {
      labels.count--;
      return;
    }
    queue.add(label);
  }
}
