package net.bellwether.benchmarks.availability;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import net.bellwether.benchmarks.Distribution;
import net.bellwether.benchmarks.MachineLine;
import net.bellwether.benchmarks.ScratchDirectory;
import net.bellwether.benchmarks.Waiting;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.demo.Program;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.SessionState;

/// Three controllers, three members of etcd, emulator and agents as processes on this machine: from
/// losing the leader to the first session that the next one opens, and what becomes of the pairs
/// that an installed session delivers meanwhile.
public final class FailoverBenchmark {
  private static final String SCENARIO = "cambridge-loop";
  private static final String TENANT = "bench";
  private static final int ROUNDS_DEFAULT = 20;
  private static final long POLL_NANOS = 20_000_000L;

  /// Long enough that the queued reports have come, and that one report is a small part of it.
  private static final double COVERED_SECONDS = 6;

  /// How the leader is lost.
  private enum Loss {
    KILLED("leader killed (kill -9)"),
    PAUSED("leader paused (SIGSTOP)"),
    STEPPED_DOWN("leader steps down");

    private final String title;

    Loss(String title) {
      this.title = title;
    }
  }

  /// One loss: until the next leader had decided, and what the new one was told of an installed
  /// session since the loss, over how long.
  private record Takeover(
      double seconds, double toldPairs, double toldSeconds, double wallSeconds) {}

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final LocalNetwork local;
  private final ControllerClient operator;
  private final String session;

  private FailoverBenchmark(LocalNetwork local, ControllerClient operator, String session) {
    this.local = local;
    this.operator = operator;
    this.session = session;
  }

  /// Arguments: the folder of program libraries, the script that finds etcd, and how often each
  /// loss is measured.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2 || arguments.length > 3) {
      System.err.println("usage: FailoverBenchmark LIBRARIES FIND-ETCD [ROUNDS]");
      System.exit(2);
    }
    int rounds = arguments.length == 3 ? Integer.parseInt(arguments[2]) : ROUNDS_DEFAULT;
    System.out.println(MachineLine.text());
    String document = Scenarios.document(SCENARIO);
    if (!(TopologyReader.read(SCENARIO, document) instanceof TopologyReading.Valid(var network))) {
      throw new IllegalStateException("scenario " + SCENARIO + " is broken");
    }
    var controllers = new LocalNetwork.Controllers(3, Path.of(arguments[1]));
    try (ScratchDirectory state = ScratchDirectory.create("failover");
        LocalNetwork local =
            LocalNetwork.start(
                Path.of(arguments[0]), state.path(), network, document, controllers, _ -> {});
        ControllerClient operator =
            new ControllerClient(local.controllerEndpoint(), local.operator())) {
      operator.applyTopology(SCENARIO, document);
      Waiting.until(() -> operator.nodes().stream().allMatch(NodeStatus::getConnected));
      try (ControllerClient tenant = tenant(local, local.controllerEndpoint())) {
        Session session = tenant.open(spec("alice", "bob", "science-park", 1_000));
        new FailoverBenchmark(local, operator, session.getSessionId()).run(rounds);
      }
    }
    System.exit(0);
  }

  private static ControllerClient tenant(LocalNetwork local, String endpoints) {
    return new ControllerClient(endpoints, local.consumer(TENANT, "alice"), Duration.ofSeconds(10));
  }

  private static SessionSpec spec(String from, String to, String toNode, double pairsPerSecond) {
    return SessionSpec.newBuilder()
        .setFromSae(from)
        .setFromNode("lab")
        .setToSae(to)
        .setToNode(toNode)
        .setPairsPerSecond(pairsPerSecond)
        .setMinFidelity(0.9)
        .build();
  }

  private void run(int rounds) {
    awaitRest();
    double quietRate = quietRate();
    out.printf("%s, one session delivering %.0f pairs/s%n", SCENARIO, quietRate);
    out.println("loss                      rounds   p50 s   p90 s   max s   time told   rate told");
    for (Loss loss : Loss.values()) {
      List<Takeover> takeovers = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        takeovers.add(lose(loss));
      }
      print(loss, takeovers, quietRate);
    }
    out.println(
        "time told: share of the time since the loss whose deliveries the next leader knows");
    out.println("rate told: pairs per second of that time, against those before any loss");
  }

  private void print(Loss loss, List<Takeover> takeovers, double quietRate) {
    Distribution seconds = Distribution.of(takeovers, Takeover::seconds);
    double told = takeovers.stream().mapToDouble(Takeover::toldSeconds).sum();
    double wall = takeovers.stream().mapToDouble(Takeover::wallSeconds).sum();
    double pairs = takeovers.stream().mapToDouble(Takeover::toldPairs).sum();
    out.printf(
        "%-25s %6d %7.2f %7.2f %7.2f %9.1f %% %9.1f %%%n",
        loss.title,
        seconds.count(),
        seconds.p50(),
        seconds.quantile(0.9),
        seconds.worst(),
        100 * told / wall,
        100 * pairs / told / quietRate);
  }

  private double quietRate() {
    Waiting.until(() -> achieved().getSeconds() > 1);
    Achieved before = achieved();
    Waiting.until(() -> achieved().getSeconds() - before.getSeconds() > 4 * COVERED_SECONDS);
    Achieved after = achieved();
    return (after.getPairCount() - before.getPairCount())
        / (after.getSeconds() - before.getSeconds());
  }

  private Takeover lose(Loss loss) {
    awaitRest();
    GetLeadershipResponse leader = operator.leadership();
    Program program = local.controllerAt(leader.getEndpoint());
    // Whoever asks the paused one waits for it; how soon another decides shows at another.
    String others =
        local.controllerEndpoints().stream()
            .filter(endpoint -> !endpoint.equals(leader.getEndpoint()))
            .collect(Collectors.joining(","));
    try (ControllerClient tenant = tenant(local, others)) {
      tenant.session(session);
      long lost = System.nanoTime();
      switch (loss) {
        case KILLED -> program.kill();
        case PAUSED -> program.pause();
        case STEPPED_DOWN -> operator.stepDown();
      }
      String probe = open(tenant);
      double seconds = secondsSince(lost);
      switch (loss) {
        case KILLED -> local.restartController(program.name());
        case PAUSED -> program.resume();
        case STEPPED_DOWN -> {}
      }
      Waiting.until(() -> achieved(tenant).getSeconds() > COVERED_SECONDS);
      Achieved told = achieved(tenant);
      double wall = secondsSince(lost);
      tenant.closeSession(probe);
      return new Takeover(seconds, told.getPairCount(), told.getSeconds(), wall);
    }
  }

  /// Asks until a session is open.
  private static String open(ControllerClient tenant) {
    String request = UUID.randomUUID().toString();
    while (true) {
      try {
        return tenant.open(request, spec("alice", "carol", "exchange", 1)).getSessionId();
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE
            && e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
          throw e;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private Achieved achieved() {
    return achieved(operator);
  }

  private Achieved achieved(ControllerClient client) {
    try {
      return client.session(session).getAchieved();
    } catch (StatusRuntimeException _) {
      return Achieved.getDefaultInstance();
    }
  }

  /// Every agent is connected and the session runs.
  private void awaitRest() {
    Waiting.until(() -> {
      try {
        return operator.nodes().stream().allMatch(NodeStatus::getConnected)
            && operator.session(session).getState() == SessionState.SESSION_STATE_ACTIVE;
      } catch (StatusRuntimeException _) {
        return false;
      }
    });
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
