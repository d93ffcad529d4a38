package net.bellwether.simulation.fault;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import net.bellwether.simulation.fault.bug.Bug;
import net.bellwether.simulation.fault.client.Tenant;
import net.bellwether.simulation.fault.promise.Promise;
import net.bellwether.simulation.fault.promise.PromiseBroken;
import net.bellwether.simulation.fault.world.FaultCounts;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.NodeId;

/// One world from its seed: work and faults, then quiet until all is at rest, then everything is
/// closed. The same seed gives the same timeline.
public final class FaultRun {
  private static final long FAULTS_MICROS = 16 * World.SECOND;
  private static final long REST_STEP_MICROS = 500 * World.MILLI;

  /// Long enough for every lease, keep-alive, retry and drain to run one after another.
  private static final long REST_MAX_MICROS = 60 * World.SECOND;

  /// Every round is settled by then, and nature has forgotten every pair.
  private static final int DRAIN_FRAMES = 70;

  private final long seed;
  private final FaultWorld at;
  private final World world;

  /// What became of a world; `failure` says which promise was broken, and how.
  public record Outcome(
      long seed,
      double virtualSeconds,
      FaultCounts faults,
      long checkCount,
      Optional<String> failure,
      String brokenPromise,
      String timeline) {}

  private FaultRun(long seed, Bug bug) {
    this.seed = seed;
    this.at = new FaultWorld(seed, bug);
    this.world = at.world;
  }

  /// Runs the world of `seed`. `told`: with the timeline even where nothing fails.
  public static Outcome run(long seed, Bug bug, boolean told) {
    FaultRun run = new FaultRun(seed, bug);
    try {
      run.live();
      return run.outcome(Optional.empty(), "", told);
    } catch (PromiseBroken broken) {
      return run.outcome(Optional.of(String.valueOf(broken.getMessage())), broken.promise(), true);
    } catch (RuntimeException defect) {
      return run.outcome(Optional.of("it broke off: " + trace(defect)), "no defect", true);
    }
  }

  private static String trace(RuntimeException defect) {
    StringWriter text = new StringWriter();
    defect.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private Outcome outcome(Optional<String> failure, String promise, boolean told) {
    return new Outcome(
        seed,
        world.nowMicros() / (double) World.SECOND,
        world.faults(),
        at.promises.all().stream().mapToLong(Promise::checkCount).sum(),
        failure,
        promise,
        told ? world.timeline().toString() : "");
  }

  private void live() {
    at.start();
    plan();
    new Trouble(at).begin();
    world.runUntil(FAULTS_MICROS);
    at.calm();
    comeToRest();
    at.tenants.forEach(Tenant::closeAll);
    world.runUntil(world.nowMicros() + REST_STEP_MICROS);
    comeToRest();
    drain();
  }

  private void comeToRest() {
    long from = world.nowMicros();
    String unrest = Rest.unrest(at);
    while (!unrest.isEmpty() && world.nowMicros() < from + REST_MAX_MICROS) {
      world.runUntil(world.nowMicros() + REST_STEP_MICROS);
      unrest = Rest.unrest(at);
    }
    world.timeline().add("world", unrest.isEmpty() ? "is at rest" : "is not at rest");
    at.promises.convergence().within((world.nowMicros() - from) / 1e6, unrest);
  }

  /// All rules go, and what is under way ends.
  private void drain() {
    for (NodeId node : at.agents.keySet()) {
      at.nature.node(node).engine().installed().stream()
          .map(each -> each.ruleSet().flow())
          .distinct()
          .toList()
          .forEach(flow -> at.nature.node(node).engine().remove(flow, Long.MAX_VALUE));
    }
    for (int frame = 0; frame < DRAIN_FRAMES; frame++) {
      at.nature.advance();
    }
    at.promises.convergence().within(DRAIN_FRAMES / 10.0, Rest.leaks(at));
  }

  /// What tenants and the operator are going to do.
  private void plan() {
    world.after(world.between(0, World.SECOND), () -> at.operator.apply(at.plan.topology(0), true));
    for (Tenant tenant : at.tenants) {
      for (long count = world.between(1, 3); count > 0; count--) {
        world.after(world.between(World.SECOND, FAULTS_MICROS / 2), () -> open(tenant));
      }
      for (long count = world.between(0, 2); count > 0; count--) {
        world.after(world.between(5 * World.SECOND, FAULTS_MICROS), tenant::closeOne);
      }
    }
    for (long count = world.between(0, 2); count > 0; count--) {
      int variant = (int) world.between(0, 1);
      boolean replan = world.chance(0.7);
      world.after(
          world.between(3 * World.SECOND, FAULTS_MICROS),
          () -> at.operator.apply(at.plan.topology(variant), replan));
    }
  }

  private void open(Tenant tenant) {
    List<String> ends = at.plan.ends();
    int from = (int) world.between(0, ends.size() - 1);
    int to = (from + 1 + (int) world.between(0, ends.size() - 2)) % ends.size();
    double rate = world.chance(0.2) ? 0 : world.between(1, 8);
    tenant.open(NodeId.of(ends.get(from)), NodeId.of(ends.get(to)), rate, 0.8);
  }
}
