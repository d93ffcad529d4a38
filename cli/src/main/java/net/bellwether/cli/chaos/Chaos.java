package net.bellwether.cli.chaos;

import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.demo.Progress;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionState;

/// One chaos run on a network that stands: load and faults side by side, then rest, then the end
/// state.
final class Chaos {
  /// Shorter than a controller's own wait of eight seconds for a leader would tell less; longer
  /// would only wait for paused ones.
  static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final String TENANT = "acme";
  private static final int TENANT_CLIENTS = 3;

  /// Enough for a block of key in some seconds, little for a processor.
  private static final double KEY_PAIRS_PER_SECOND = 500;

  private static final double KEY_MIN_FIDELITY = 0.9;

  /// Controllers remember a thousand closed sessions, and none is to be forgotten before the check.
  private static final int OPERATIONS_MAX = 1_500;

  private static final Duration OPERATION_EVERY_MIN = Duration.ofSeconds(3);
  private static final Duration SETTLE_PATIENCE = Duration.ofMinutes(2);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);

  /// How long the run lasts, the time between faults, and what draws them.
  record Length(Duration time, Duration faultEvery, long seed) {}

  private final Run run;
  private final Length length;
  private final LocalNetwork local;
  private final Wires wires;
  private final Network network;
  private final ControllerClient operator;
  private final Progress progress;
  private final History history = new History();
  private final Takeovers takeovers = new Takeovers(System.nanoTime());

  Chaos(
      Run run,
      Length length,
      LocalNetwork local,
      Wires wires,
      Network network,
      ControllerClient operator,
      Progress progress) {
    this.run = run;
    this.length = length;
    this.local = local;
    this.wires = wires;
    this.network = network;
    this.operator = operator;
    this.progress = progress;
  }

  /// Nodes whose agents are not connected.
  static List<String> missing(ControllerClient operator) {
    try {
      return operator.nodes().stream()
          .filter(node -> !node.getConnected())
          .map(NodeStatus::getNode)
          .toList();
    } catch (StatusRuntimeException e) {
      return List.of("nobody answers: " + e.getStatus().getCode());
    }
  }

  /// Runs it all and returns once the network has come to rest; faults are also told to `log`.
  Report wreak(PrintWriter log) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(length.seed());
    Watch watch = new Watch(run, history, takeovers);
    Faults faults = new Faults(run, local, wires, victims(), operator, watch, takeovers, log);
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        List<Future<?>> work = new ArrayList<>();
        startKeys(threads, work);
        startTenants(random.split(), threads, work);
        watch.start(local, threads).forEach(work::add);
        var drawn = Fault.drawnBy(random.split(), wires.possible());
        Future<?> striking = threads.submit(() -> faults.strike(drawn, length.faultEvery()));
        accompany(striking, began, faults);
        run.end();
        for (Future<?> each : work) {
          result(each);
        }
        result(striking);
      } finally {
        run.end();
      }
    }
    double minutes = (System.nanoTime() - began) / 60e9;
    progress.say("faults have ended, everything is brought back");
    List<String> unsettled = settle();
    return new Report(minutes, faults, history, takeovers, history.check(endState()), unsettled);
  }

  /// End nodes, and one of those that share a process.
  private List<NodeId> victims() {
    List<NodeId> victims = new ArrayList<>(ends());
    network.nodes().values().stream()
        .filter(node -> node.role() != NodeRole.END_NODE)
        .map(Node::id)
        .findFirst()
        .ifPresent(victims::add);
    return victims;
  }

  private List<NodeId> ends() {
    return network.nodes().values().stream()
        .filter(node -> node.role() == NodeRole.END_NODE)
        .map(Node::id)
        .toList();
  }

  private void startKeys(ExecutorService threads, List<Future<?>> work) {
    Scenarios.Ends ends = Scenarios.demoEnds(network);
    String name = "keys";
    try (ControllerClient client = client(name)) {
      Tenant tenant =
          new Tenant(run, history, takeovers, client, name, ends(), new SplittableRandom(0));
      Session session =
          tenant
              .open(ends.from(), ends.to(), KEY_PAIRS_PER_SECOND, KEY_MIN_FIDELITY)
              .orElseThrow(
                  () -> new IllegalStateException("the network does not take the key session"));
      String peer = session.getSpec().getToSae();
      KeyDelivery here =
          new KeyDelivery(local.consumer(TENANT, name), local.keyEndpoint(ends.from()), peer);
      KeyDelivery there =
          new KeyDelivery(local.consumer(TENANT, peer), local.keyEndpoint(ends.to()), name);
      work.add(threads.submit(new KeyTraffic(run, history, here, there)::flow));
      work.add(threads.submit(new KeyTraffic(run, history, there, here)::flow));
    }
  }

  private ControllerClient client(String name) {
    return new ControllerClient(local.controllerEndpoint(), local.consumer(TENANT, name), DEADLINE);
  }

  private void startTenants(
      SplittableRandom random, ExecutorService threads, List<Future<?>> work) {
    Duration share = length.time().multipliedBy(TENANT_CLIENTS).dividedBy(OPERATIONS_MAX);
    Duration every = share.compareTo(OPERATION_EVERY_MIN) > 0 ? share : OPERATION_EVERY_MIN;
    for (int number = 1; number <= TENANT_CLIENTS; number++) {
      String name = "tenant-" + number;
      ControllerClient client = client(name);
      Tenant tenant = new Tenant(run, history, takeovers, client, name, ends(), random.split());
      work.add(
          threads.submit(() -> {
            try (client) {
              tenant.work(every);
            }
          }));
    }
  }

  private void accompany(Future<?> striking, long began, Faults faults)
      throws InterruptedException {
    long end = began + length.time().toNanos();
    while (run.goesOn() && System.nanoTime() - end < 0 && !striking.isDone()) {
      long rest = Math.min(PROGRESS_EVERY.toNanos(), end - System.nanoTime());
      try {
        striking.get(Math.max(1, rest), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        progress.say(
            "%d faults; opens %d, closes %d, keys %d + %d; term %d, longest silence %.1f s"
                .formatted(
                    faults.count(),
                    history.attempts(Operation.OPEN, Outcome.ACKNOWLEDGED),
                    history.attempts(Operation.CLOSE, Outcome.ACKNOWLEDGED),
                    history.attempts(Operation.ENCRYPTION_KEY, Outcome.ACKNOWLEDGED),
                    history.attempts(Operation.DECRYPTION_KEY, Outcome.ACKNOWLEDGED),
                    takeovers.highestTerm(),
                    takeovers.longestSilenceSeconds()));
      } catch (ExecutionException e) {
        throw failed(e);
      }
    }
  }

  private static void result(Future<?> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(ExecutionException e) {
    return new IllegalStateException("the run itself failed: " + e.getCause(), e);
  }

  /// What has not come to rest in time, a sentence each.
  private List<String> settle() {
    try {
      progress.await(
          "coming to rest",
          SETTLE_PATIENCE,
          () -> unsettled().isEmpty(),
          () -> unsettled().size() + " agents or sessions are not there yet");
      return List.of();
    } catch (IllegalStateException _) {
      return unsettled();
    }
  }

  private List<String> unsettled() {
    List<String> all = new ArrayList<>();
    missing(operator).forEach(node -> all.add("agent of " + node + " is not connected"));
    try {
      for (Session session : operator.sessionsEver()) {
        if (session.getState() != SessionState.SESSION_STATE_ACTIVE
            && session.getState() != SessionState.SESSION_STATE_CLOSED) {
          all.add(
              "session %s is %s: %s"
                  .formatted(session.getSessionId(), session.getState(), session.getStateDetail()));
        }
      }
    } catch (StatusRuntimeException e) {
      all.add("sessions are not told: " + e.getStatus());
    }
    return all;
  }

  private FinalState endState() {
    return new FinalState(
        operator.sessionsEver().stream()
            .map(session ->
                new FinalState.Found(
                    session.getSessionId(),
                    session.getSpec(),
                    session.getState() == SessionState.SESSION_STATE_CLOSED))
            .toList(),
        operator.links().stream()
            .map(link -> new FinalState.Held(link.getLink(), link.getCommittedShare()))
            .toList());
  }
}
