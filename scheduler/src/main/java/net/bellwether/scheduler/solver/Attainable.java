package net.bellwether.scheduler.solver;

/// The highest Werner parameter that any plan attains, whatever it costs. Nested purification takes
/// a span that can be purified at all to its fixed point, so it is the least solution of W(u, v) =
/// fixed point of max(links, s_k W(u, k) W(k, v)).
final class Attainable {
  /// Cells of span, visited requirements and hops that are worth a proof.
  private static final int MAX_CELLS = 40_000;

  private static final int MAX_ROUNDS = 400;
  private static final double CONVERGED = 1e-13;

  private final Usable usable;
  private final NetworkSnapshot snapshot;

  Attainable(Usable usable) {
    this.usable = usable;
    this.snapshot = usable.snapshot;
  }

  /// A bound from what is around the two ends: the last operation of a plan is a link between them,
  /// a purification between them, or a swap of two parts, each of which is at most as good as the
  /// best link or purification at its end.
  double bound() {
    double direct = bestLink(usable.from, usable.to);
    double parts = end(usable.from) * end(usable.to) * StrictMath.exp(-snapshot.leastSwapLoss());
    double joined = Math.max(direct, parts);
    return Math.max(joined, fixedPoint(usable.from, usable.to, joined));
  }

  /// At most what a pair with `node` at one end has.
  private double end(int node) {
    double link = bestLink(node, -1);
    double gates = snapshot.gateFidelity(node) * snapshot.bestGateFidelity();
    double own = snapshot.readoutError(node);
    double other = snapshot.leastReadoutError();
    return Werner.attainable(gates, own * (1 - other) + other * (1 - own), link);
  }

  /// The best link of `node`, to `peer` or to anywhere.
  private double bestLink(int node, int peer) {
    double best = 0;
    for (int arc = snapshot.firstArc(node); arc < snapshot.firstArc(node + 1); arc++) {
      int link = snapshot.arcLink(arc);
      int to = snapshot.arcTo(arc);
      if ((peer < 0 || to == peer) && usable.mayCross(link, to)) {
        for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
          best = snapshot.rate(mode) > 0 ? Math.max(best, snapshot.werner(mode)) : best;
        }
      }
    }
    return best;
  }

  /// Where nested purification leads from `werner`; that itself where it leads down.
  private double fixedPoint(int u, int v, double werner) {
    double gates = snapshot.bothGates(u, v);
    double misread = snapshot.misread(u, v);
    double w = werner;
    for (int i = 0; i < MAX_ROUNDS; i++) {
      double p = Werner.success(gates, misread, w, w);
      double next = Werner.purified(gates, misread, w, w, p);
      if (next <= w + CONVERGED) {
        break;
      }
      w = next;
    }
    return w;
  }

  /// Whether it is certain that no plan which meets the requirements has `floor`. Only small
  /// networks are examined; of others nothing is certain.
  boolean isBelow(double floor, Requirements required, int maxHops) {
    int nodes = snapshot.nodeCount();
    int masks = required.everything() + 1;
    int hops = Math.min(maxHops, 2 * nodes);
    boolean small = nodes < 200 && (long) nodes * nodes * masks * hops <= MAX_CELLS;
    return small && new Cells(required, nodes, masks, hops).best() < floor - 1e-9;
  }

  /// W by span, visited requirements (at least) and hops (at most).
  private final class Cells {
    private final Requirements required;
    private final int nodes;
    private final int masks;
    private final int hops;
    private final double[] best;
    private boolean changed;

    Cells(Requirements required, int nodes, int masks, int hops) {
      this.required = required;
      this.nodes = nodes;
      this.masks = masks;
      this.hops = hops;
      this.best = new double[nodes * nodes * masks * (hops + 1)];
    }

    private int cell(int u, int v, int mask, int hop) {
      return ((Math.min(u, v) * nodes + Math.max(u, v)) * masks + mask) * (hops + 1) + hop;
    }

    double best() {
      addLinks();
      changed = true;
      for (int round = 0; round < MAX_ROUNDS && changed; round++) {
        changed = false;
        for (int u = 0; u < nodes; u++) {
          for (int v = u + 1; v < nodes; v++) {
            join(u, v);
          }
        }
      }
      // Where it has not settled, nothing is certain.
      return changed ? 1 : best[cell(usable.from, usable.to, masks - 1, hops)];
    }

    private void addLinks() {
      for (int u = 0; u < nodes; u++) {
        for (int arc = snapshot.firstArc(u); arc < snapshot.firstArc(u + 1); arc++) {
          int link = snapshot.arcLink(arc);
          int v = snapshot.arcTo(arc);
          if (usable.mayCross(link, v) && usable.mayCross(link, u)) {
            int mask = required.link(link) | required.node(u) | required.node(v);
            for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
              if (snapshot.rate(mode) > 0) {
                raise(u, v, mask, 1, snapshot.werner(mode));
              }
            }
          }
        }
      }
    }

    private void join(int u, int v) {
      for (int k = 0; k < nodes; k++) {
        if (k != u && k != v && usable.maySwap(k)) {
          for (int one = 1; one < hops; one++) {
            join(u, v, k, one);
          }
        }
      }
    }

    private void join(int u, int v, int k, int one) {
      for (int left = 0; left < masks; left++) {
        double w = snapshot.swapFactor(k) * best[cell(u, k, left, one)];
        if (w <= Werner.USELESS) {
          continue;
        }
        for (int right = 0; right < masks; right++) {
          for (int other = 1; one + other <= hops; other++) {
            double joined = w * best[cell(k, v, right, other)];
            if (joined > Werner.USELESS) {
              raise(u, v, left | right | required.node(k), one + other, joined);
            }
          }
        }
      }
    }

    /// Raises a cell, and those that ask for less, to what purification makes of `werner`.
    private void raise(int u, int v, int mask, int hop, double werner) {
      if (werner <= best[cell(u, v, mask, hop)] + CONVERGED) {
        return;
      }
      double w = fixedPoint(u, v, werner);
      for (int less = 0; less < masks; less++) {
        if ((less & ~mask) == 0) {
          for (int more = hop; more <= hops; more++) {
            int cell = cell(u, v, less, more);
            if (w > best[cell] + CONVERGED) {
              best[cell] = w;
              changed = true;
            }
          }
        }
      }
    }
  }
}
