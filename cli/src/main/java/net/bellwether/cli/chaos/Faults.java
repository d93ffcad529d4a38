package net.bellwether.cli.chaos;

import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.demo.Machines;
import net.bellwether.cli.demo.Program;
import net.bellwether.cli.passage.Passage;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.GetLeadershipResponse;

/// Lets faults befall a network, one after another, and undoes each in time. Nobody else may touch
/// the network meanwhile.
final class Faults {
  private static final Duration TICK = Duration.ofMillis(50);

  /// The port of a killed program may be taken for a moment by an outgoing connection.
  private static final int STARTS_MAX = 5;

  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

  /// What is not whole until `end`.
  private record Broken(Fault.Part part, CompletableFuture<Void> end) {}

  private final Run run;
  private final LocalNetwork local;
  private final Wires wires;
  private final List<NodeId> agents;
  private final ControllerClient operator;
  private final Watch watch;
  private final Takeovers takeovers;
  private final PrintWriter log;
  private final List<Broken> broken = new ArrayList<>();
  private final Map<Fault.Kind, Long> counts = new EnumMap<>(Fault.Kind.class);

  /// `agents` are nodes whose agents have processes of their own, or share one.
  Faults(
      Run run,
      LocalNetwork local,
      Wires wires,
      List<NodeId> agents,
      ControllerClient operator,
      Watch watch,
      Takeovers takeovers,
      PrintWriter log) {
    this.run = run;
    this.local = local;
    this.wires = wires;
    this.agents = List.copyOf(agents);
    this.operator = operator;
    this.watch = watch;
    this.takeovers = takeovers;
    this.log = log;
  }

  /// Until the run ends; then everything is brought back.
  void strike(Supplier<Fault> faults, Duration every) {
    Fault next = faults.get();
    long due = System.nanoTime() + every.toNanos();
    while (run.pause(TICK)) {
      forgetWhole();
      if (System.nanoTime() - due >= 0 && isWhole(next.kind().part()) && befall(next)) {
        next = faults.get();
        due = Math.max(due + every.toNanos(), System.nanoTime() - every.toNanos());
      }
    }
    broken.forEach(each -> each.end().join());
  }

  synchronized long count(Fault.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  synchronized long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean isWhole(Fault.Part part) {
    return broken.stream().noneMatch(each -> each.part() == part);
  }

  private void forgetWhole() {
    List<Broken> whole = broken.stream().filter(each -> each.end().isDone()).toList();
    whole.forEach(each -> each.end().join());
    broken.removeAll(whole);
  }

  /// Whether it could: there is no leader to lose while none is known.
  private boolean befall(Fault fault) {
    return switch (fault.kind()) {
      case KILL_LEADER -> lose(fault, leader -> killed(fault, leader));
      case PAUSE_LEADER -> lose(fault, leader -> paused(fault, leader));
      case STEP_DOWN -> watch.findLeader().map(leader -> stepDown(fault, leader)).orElse(false);
      case KILL_CONTROLLER -> {
        killed(fault, local.program(chosen(local.controllerNames(), fault)));
        yield true;
      }
      case KILL_ETCD -> {
        String name = chosen(local.etcdNames(), fault);
        killed(fault, local.program(name), () -> local.restartEtcd(name));
        yield true;
      }
      case PAUSE_ETCD -> {
        paused(fault, local.program(chosen(local.etcdNames(), fault)));
        yield true;
      }
      case LOSE_QUORUM -> {
        List<String> members = local.etcdNames();
        for (int place = 0; place <= members.size() / 2; place++) {
          String name =
              members.get((fault.victimIndex() % members.size() + place) % members.size());
          local.program(name).kill();
          later(fault, name + " started again", () -> local.restartEtcd(name));
        }
        befell(fault, members.size() / 2 + 1 + " of " + members);
        yield true;
      }
      case KILL_AGENT -> {
        NodeId node = chosen(agents, fault);
        killed(fault, local.agentOf(node), () -> local.restartAgentOf(node));
        yield true;
      }
      case CUT_LEADER_FROM_ETCD ->
          lose(
              fault,
              leader ->
                  changed(
                      fault, leader.name(), wires.passages().from(leader.name()), Passage::cut));
      case CUT_CONTROLLER_FROM_OUTSIDE -> {
        String name = chosen(local.controllerNames(), fault);
        changed(fault, name, wires.passages().to(name), Passage::cut);
        yield true;
      }
      case SLOW_CONTROLLER -> {
        String name = chosen(local.controllerNames(), fault);
        Duration delay = Duration.ofMillis(fault.delayMillis());
        changed(
            fault,
            "%s, by %d ms each way".formatted(name, delay.toMillis()),
            wires.passages().from(name),
            passage -> passage.delay(delay));
        yield true;
      }
      case CUT_OFF_LEADERS_MACHINE ->
          lose(
              fault,
              leader ->
                  rewired(
                      fault,
                      local.controllerNames().indexOf(leader.name()) + 1,
                      Machines::cut,
                      Machines::join));
      case THROTTLE_MACHINE -> {
        rewired(
            fault,
            chosenMachine(fault),
            (machines, number) -> machines.throttle(number, Fault.THROTTLED_KILOBITS_PER_SECOND),
            Machines::unthrottle);
        yield true;
      }
      case LOSE_PACKETS -> {
        rewired(
            fault,
            chosenMachine(fault),
            (machines, number) -> machines.lose(number, Fault.LOST_PERCENT),
            (machines, number) -> machines.lose(number, 0));
        yield true;
      }
      case RESET_CONTROLLER -> {
        String name = chosen(local.controllerNames(), fault);
        wires.passages().from(name).forEach(Passage::reset);
        wires.passages().to(name).forEach(Passage::reset);
        befell(fault, name);
        yield true;
      }
    };
  }

  private static <T> T chosen(List<T> candidates, Fault fault) {
    return candidates.get(fault.victimIndex() % candidates.size());
  }

  private boolean lose(Fault fault, Consumer<Program> deed) {
    Optional<GetLeadershipResponse> leader = watch.findLeader();
    if (leader.isEmpty()) {
      return false;
    }
    Program program = local.controllerAt(leader.get().getEndpoint());
    takeovers.lost(fault.kind(), System.nanoTime(), leader.get().getTerm());
    deed.accept(program);
    return true;
  }

  private boolean stepDown(Fault fault, GetLeadershipResponse leader) {
    long began = System.nanoTime();
    try {
      operator.stepDown();
      takeovers.lost(fault.kind(), began, leader.getTerm());
      befell(fault, "term " + leader.getTerm());
      return true;
    } catch (StatusRuntimeException e) {
      say("step-down refused: " + e.getStatus().getCode());
      return false;
    }
  }

  private void killed(Fault fault, Program controller) {
    killed(fault, controller, () -> local.restartController(controller.name()));
  }

  private void killed(Fault fault, Program program, Runnable restart) {
    program.kill();
    befell(fault, program.name());
    later(fault, program.name() + " started again", () -> start(restart));
  }

  private void paused(Fault fault, Program program) {
    program.pause();
    befell(fault, program.name());
    later(fault, program.name() + " resumed", program::resume);
  }

  private void changed(Fault fault, String victim, List<Passage> ways, Consumer<Passage> change) {
    ways.forEach(change);
    befell(fault, victim);
    later(fault, fault.kind().title() + ": over", () -> ways.forEach(Passage::open));
  }

  private int chosenMachine(Fault fault) {
    return fault.victimIndex() % local.controllerNames().size() + 1;
  }

  private void rewired(
      Fault fault,
      int number,
      BiConsumer<Machines, Integer> change,
      BiConsumer<Machines, Integer> undo) {
    Machines machines = wires.machines().orElseThrow();
    change.accept(machines, number);
    befell(fault, "machine " + number);
    later(fault, fault.kind().title() + ": over", () -> undo.accept(machines, number));
  }

  /// Undoes it in time, or when the run ends, beside everything else: a controller that starts may
  /// wait for an etcd that is yet to start, and a step-down for a controller that is cut off.
  private void later(Fault fault, String what, Runnable undo) {
    broken.add(
        new Broken(
            fault.kind().part(),
            CompletableFuture.runAsync(
                () -> {
                  var _ = run.pause(Duration.ofMillis(fault.lastsMillis()));
                  undo.run();
                  say(what);
                },
                task -> Thread.ofVirtual().name(what).start(task))));
  }

  private void start(Runnable restart) {
    for (int attempt = 1; ; attempt++) {
      try {
        restart.run();
        return;
      } catch (IllegalStateException e) {
        say("start " + attempt + " failed: " + e.getMessage());
        if (attempt == STARTS_MAX) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_STARTS.toNanos());
      }
    }
  }

  private synchronized void befell(Fault fault, String victim) {
    counts.merge(fault.kind(), 1L, Long::sum);
    say("%s: %s, for %.1f s".formatted(fault.kind().title(), victim, fault.lastsMillis() / 1e3));
  }

  private synchronized void say(String line) {
    log.printf(
        "%s  %s%n", LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS), line);
    log.flush();
  }
}
