package net.bellwether.benchmarks.telemetry;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.bellwether.benchmarks.MachineLine;
import net.bellwether.benchmarks.ScratchDirectory;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.controller.ControllerConfig;
import net.bellwether.controller.RunningController;
import net.bellwether.controller.StoreChoice;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyWriter;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.LinkStatus;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// Link test outcomes per second that a controller digests from the streams of eight agents, beside
/// what a server takes that only counts the same bytes. Senders, server and controller share this
/// process; the controller slows senders down when it is behind, so what is sent is digested but
/// for the last queue.
public final class TelemetryBenchmark {
  private static final String TRUST_DOMAIN = "benchmark.local";
  private static final int LINKS = 4;
  private static final int[] OUTCOMES_PER_REPORT = {100, 1_000};

  /// Outcomes sent before the clock starts: streams are up and code is compiled.
  private static final long WARM_UP_OUTCOMES = 5_000_000;

  /// A pace at which no stream builds a queue.
  private static final long PACED_PER_SECOND = 1_000_000;

  private static final long WARM_UP_SECONDS_MAX = 30;
  private static final long MEASURED_SECONDS = 4;
  private static final long FRAME_MILLIS = 100;

  /// The tracker's window reaches further back.
  private static final int LOOKS = 20;

  private static final long LOOK_MILLIS = 100;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final Path state;
  private final CertificateAuthority authority;
  private final Network network =
      NetworkGenerator.generate(NetworkBlueprint.of(NetworkModel.CHAIN, 2 * LINKS, 7));

  private TelemetryBenchmark(Path state) {
    this.state = state;
    this.authority = CertificateAuthority.openOrCreate(state.resolve("ca"), TRUST_DOMAIN);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (ScratchDirectory state = ScratchDirectory.create("telemetry")) {
      new TelemetryBenchmark(state.path()).run();
    }
    System.exit(0);
  }

  private void run() throws InterruptedException {
    out.println(MachineLine.text());
    try (Counter counter = new Counter(controllerTls())) {
      for (int outcomes : OUTCOMES_PER_REPORT) {
        Rate ceiling = measure(counter.endpoint(), outcomes, 0);
        Digest full = digest(outcomes, 0);
        Digest paced = digest(outcomes, pace(outcomes));
        out.printf(
            "%,d outcomes a report: counted %.2f M/s (%.2f M a processor second), digested %.2f M/s"
                + " (%.2f M), ratio %.2f (%.2f); %.0f %% met their other end, %.0f %% at %.1f M/s%n",
            outcomes,
            ceiling.perSecond() / 1e6,
            ceiling.perCpuSecond() / 1e6,
            full.rate().perSecond() / 1e6,
            full.rate().perCpuSecond() / 1e6,
            full.rate().perSecond() / ceiling.perSecond(),
            full.rate().perCpuSecond() / ceiling.perCpuSecond(),
            full.metPercent(),
            paced.metPercent(),
            paced.rate().perSecond() / 1e6);
      }
    }
  }

  /// How fast a controller digested, and how much of it met its other end. Senders at full speed
  /// run apart by more than the matcher remembers (the windows of two streams hold more outcomes),
  /// so part of theirs never meets.
  private record Digest(Rate rate, double metPercent) {}

  /// A controller of its own each time: the window of its tracker forgets nothing in between.
  private Digest digest(int outcomesPerReport, long nanosPerReport) throws InterruptedException {
    ControllerConfig config =
        new ControllerConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            controllerTls(),
            new StoreChoice.Embedded(
                state.resolve("controller-" + outcomesPerReport + "-" + nanosPerReport)),
            Optional.empty());
    TlsFiles operatorTls =
        authority.issue(new Identity.Operator(TRUST_DOMAIN, "bench"), state.resolve("operator"));
    try (RunningController controller = RunningController.start(config);
        ControllerClient operator =
            new ControllerClient("127.0.0.1:" + controller.port(), operatorTls)) {
      operator.applyTopology("benchmark", TopologyWriter.document(network));
      Rate rate = measure("127.0.0.1:" + controller.port(), outcomesPerReport, nanosPerReport);
      return new Digest(rate, 200.0 * compared(operator) / rate.sent());
    }
  }

  private TlsFiles controllerTls() {
    return authority.issue(
        new Identity.Controller(TRUST_DOMAIN, 1), state.resolve("controller-tls"));
  }

  /// Between reports of one end of a link, so that all ends together send `PACED_PER_SECOND`.
  private static long pace(int outcomesPerReport) {
    return 1_000_000_000L * 2 * LINKS * outcomesPerReport / PACED_PER_SECOND;
  }

  /// Outcomes a second, and a second of processor time of this process: senders, TLS and server.
  private record Rate(double perSecond, double perCpuSecond, long sent) {}

  private static void warmUp(List<LinkSender> senders) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS_MAX);
    while (sent(senders) < WARM_UP_OUTCOMES && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private Rate measure(String endpoint, int outcomesPerReport, long nanosPerReport)
      throws InterruptedException {
    long frame = System.currentTimeMillis() / FRAME_MILLIS;
    List<ManagedChannel> channels = new ArrayList<>();
    List<LinkSender> senders = new ArrayList<>();
    List<Link> links = new ArrayList<>(network.links().values());
    try {
      // Every other link of the chain, so that each agent is an end of one.
      for (int i = 0; i < links.size(); i += 2) {
        Link link = links.get(i);
        ManagedChannel a = channel(endpoint, link.a());
        ManagedChannel b = channel(endpoint, link.b());
        channels.add(a);
        channels.add(b);
        Reports reports = Reports.of(link.id(), outcomesPerReport, frame);
        senders.add(new LinkSender(a, b, link, reports, frame, nanosPerReport));
      }
      warmUp(senders);
      long before = sent(senders);
      double cpuBefore = cpuSeconds();
      long began = System.nanoTime();
      TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
      double outcomes = sent(senders) - before;
      double seconds = (System.nanoTime() - began) / 1e9;
      double cpuSeconds = cpuSeconds() - cpuBefore;
      for (LinkSender sender : senders) {
        sender.stop();
      }
      return new Rate(outcomes / seconds, outcomes / cpuSeconds, sent(senders));
    } finally {
      senders.forEach(LinkSender::close);
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private ManagedChannel channel(String endpoint, NodeId node) {
    return GrpcChannels.open(
        endpoint,
        authority.issue(new Identity.Node(TRUST_DOMAIN, node), state.resolve(node.value())),
        peer -> peer instanceof Identity.Controller);
  }

  private static long sent(List<LinkSender> senders) {
    return senders.stream().mapToLong(LinkSender::sentOutcomes).sum();
  }

  /// Pairs that the controller shows as compared: the most it showed, until they leave its window.
  private static long compared(ControllerClient operator) throws InterruptedException {
    long most = 0;
    for (int i = 0; i < LOOKS; i++) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      most =
          Math.max(most, operator.links().stream().mapToLong(LinkStatus::getTestPairCount).sum());
    }
    return most;
  }
}
