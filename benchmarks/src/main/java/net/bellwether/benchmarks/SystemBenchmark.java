package net.bellwether.benchmarks;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.demo.Program;
import net.bellwether.topology.Network;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionSpec;

/// The whole system as processes on this machine, a scenario after another: start to first key,
/// heralds handled per second of the agents' processor time, resident memory, and keys fetched per
/// second over HTTPS with client certificates.
public final class SystemBenchmark {
  private static final String TENANT = "bench";
  private static final int LOAD_SECONDS = 20;
  private static final int KEY_REQUESTS = 2_000;
  private static final int KEY_CLIENTS = 32;
  private static final int SMALL_KEY_BITS = 32;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final Path libraries;

  private SystemBenchmark(Path libraries) {
    this.libraries = libraries;
  }

  /// Arguments: the folder of program libraries, then scenarios (all of the library where none).
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println("usage: SystemBenchmark LIBRARIES [SCENARIO ...]");
      System.exit(2);
    }
    List<String> scenarios =
        arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : Scenarios.names();
    SystemBenchmark benchmark = new SystemBenchmark(Path.of(arguments[0]));
    benchmark.out.println(MachineLine.text());
    for (String scenario : scenarios) {
      benchmark.run(scenario);
    }
  }

  private void run(String scenario) throws Exception {
    String document = Scenarios.document(scenario);
    if (!(TopologyReader.read(scenario, document) instanceof TopologyReading.Valid(Network net))) {
      throw new IllegalStateException("scenario " + scenario + " is broken");
    }
    List<NodeId> ends =
        net.nodes().values().stream()
            .filter(node -> node.role() == NodeRole.END_NODE)
            .map(node -> node.id())
            .toList();
    String from = ends.getFirst().value();
    String to = ends.getLast().value();
    long started = System.nanoTime();
    try (ScratchDirectory state = ScratchDirectory.create("system");
        LocalNetwork local =
            LocalNetwork.start(
                libraries, state.path(), net, document, LocalNetwork.Controllers.ALONE, _ -> {});
        ControllerClient operator =
            new ControllerClient(local.controllerEndpoint(), local.operator());
        ControllerClient tenant =
            new ControllerClient(local.controllerEndpoint(), local.consumer(TENANT, "alice"))) {
      operator.applyTopology(scenario, document);
      Waiting.until(() -> operator.nodes().stream().allMatch(NodeStatus::getConnected));
      String session =
          tenant
              .open(
                  SessionSpec.newBuilder()
                      .setFromSae("alice")
                      .setFromNode(from)
                      .setToSae("bob")
                      .setToNode(to)
                      .build())
              .getSessionId();
      KeyDelivery alice =
          new KeyDelivery(
              local.consumer(TENANT, "alice"), local.keyEndpoint(ends.getFirst()), "bob");
      Waiting.until(() -> stock(alice) > 0);
      out.printf("%s: start to first key %.1f s%n", scenario, (System.nanoTime() - started) / 1e9);
      load(scenario, local, operator, session);
      keys(scenario, alice);
    }
  }

  /// Steady load: what the programs handle, and what it costs them.
  private void load(
      String scenario, LocalNetwork local, ControllerClient operator, String session) {
    Waiting.until(() -> operator.session(session).getAchieved().getSeconds() > 5);
    Session before = operator.session(session);
    List<Double> cpuBefore = cpu(local);
    long pause = System.nanoTime() + LOAD_SECONDS * 1_000_000_000L;
    Waiting.until(() -> System.nanoTime() > pause);
    Session after = operator.session(session);
    List<Double> cpuAfter = cpu(local);
    double seconds = after.getAchieved().getSeconds() - before.getAchieved().getSeconds();
    double pairs = after.getAchieved().getPairCount() - before.getAchieved().getPairCount();
    double elementary =
        after.getPlan().getPairsConsumedPerLinkMap().values().stream()
            .mapToDouble(Double::doubleValue)
            .sum();
    double heraldsPerSecond = 2 * elementary * pairs / seconds;
    double agentCpu = 0;
    for (int i = 0; i < local.programs().size(); i++) {
      Program program = local.programs().get(i);
      double share = (cpuAfter.get(i) - cpuBefore.get(i)) / LOAD_SECONDS;
      agentCpu += program.name().startsWith("agent") ? share : 0;
      out.printf(
          "%s:   %-18s %5.1f %% of a processor, %d MB resident%n",
          scenario, program.name(), 100 * share, program.residentMegabytes().orElse(0L));
    }
    out.printf(
        "%s: %.0f delivered pairs/s, %.0f heralds/s handled end to end, %.0f heralds per second of"
            + " agents' processor time%n",
        scenario, pairs / seconds, heraldsPerSecond, heraldsPerSecond / agentCpu);
  }

  private void keys(String scenario, KeyDelivery alice)
      throws IOException, GeneralSecurityException, InterruptedException {
    URI url = URI.create(alice.url("enc_keys?number=1&size=" + SMALL_KEY_BITS));
    try (HttpClient client =
            HttpClient.newBuilder()
                .sslContext(ClientTls.context(alice.consumer()))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        ExecutorService executor = Executors.newFixedThreadPool(KEY_CLIENTS)) {
      AtomicInteger served = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      long began = System.nanoTime();
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < KEY_CLIENTS; i++) {
        clients.add(
            executor.submit(() -> {
              for (int k = 0; k < KEY_REQUESTS / KEY_CLIENTS && refused.get() == 0; k++) {
                HttpResponse<String> reply =
                    client.send(
                        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
                boolean ok =
                    reply.statusCode() == 200
                        && JsonParser.parseString(reply.body()).getAsJsonObject().has("keys");
                (ok ? served : refused).incrementAndGet();
              }
              return null;
            }));
      }
      for (Future<?> future : clients) {
        try {
          future.get();
        } catch (java.util.concurrent.ExecutionException e) {
          throw new IOException("a key client failed", e);
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      out.printf(
          "%s: enc_keys %.0f requests/s (%d clients, %d keys of %d bits, peer reservation and two"
              + " durable commits each%s)%n",
          scenario,
          served.get() / seconds,
          KEY_CLIENTS,
          served.get(),
          SMALL_KEY_BITS,
          refused.get() > 0 ? "; stock ran out" : "");
    }
  }

  /// Processor seconds that each program has used.
  private static List<Double> cpu(LocalNetwork local) {
    List<Double> seconds = new ArrayList<>();
    for (Program program : local.programs()) {
      seconds.add(
          ProcessHandle.of(program.pid())
                  .flatMap(process -> process.info().totalCpuDuration())
                  .orElse(Duration.ZERO)
                  .toNanos()
              / 1e9);
    }
    return seconds;
  }

  private static long stock(KeyDelivery delivery) {
    try {
      return delivery.storedKeyCount();
    } catch (KeyDelivery.Refused _) {
      return 0;
    }
  }
}
