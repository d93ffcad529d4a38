package net.bellwether.agent;

import io.grpc.Server;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.bellwether.agent.clock.PeerClocks;
import net.bellwether.agent.control.ControlDesk;
import net.bellwether.agent.control.ControllerLink;
import net.bellwether.agent.control.StandingOrders;
import net.bellwether.agent.control.Telemetry;
import net.bellwether.agent.device.DeviceInventory;
import net.bellwether.agent.device.DeviceListener;
import net.bellwether.agent.device.EmulatedDevice;
import net.bellwether.agent.device.QuantumDevice;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.engine.InstalledGeneration;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.herald.HeraldBatch;
import net.bellwether.agent.herald.HeraldCounts;
import net.bellwether.agent.kept.KeptPairs;
import net.bellwether.agent.kept.PairRequests;
import net.bellwether.agent.key.KeyService;
import net.bellwether.agent.key.KeyServiceConfig;
import net.bellwether.agent.peer.PeerExchange;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.AgentHello;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.Inventory;
import net.bellwether.v1.TelemetryReport;
import net.bellwether.wire.BuildVersion;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.VersionReporting;
import net.bellwether.wire.Vocabulary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node, running: its rule engine, fed by device, peers and controller through one queue; its
/// key manager; its connections. It works on whatever it was told last, with or without a
/// controller.
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);

  private static final long TELEMETRY_MILLIS = 500;

  /// A window of exchanges (`OffsetEstimator`) passes in two seconds.
  private static final long CLOCK_EXCHANGE_MILLIS = 1_000;

  private final NodeId node;
  private final AgentConfig config;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ScheduledExecutorService timer;
  private final NodeLoop loop;
  private final BatchedEffects effects = new BatchedEffects();
  private final Telemetry telemetry = new Telemetry();
  private final StandingOrders orders;
  private final RuleEngine engine;
  private final PeerClocks clocks = new PeerClocks();
  private final PeerExchange peers;
  private final KeyService keys;
  private final ControlDesk desk;
  private final QuantumDevice device;
  private final ControllerLink controller;
  private final Server server;
  private final KeptPairs applications;
  private final @Nullable Server applicationServer;
  private volatile @Nullable DeviceInventory inventory;
  private volatile NetworkTime networkTime = NetworkTime.startOfFrame(0);
  private String heraldTroubles = new HeraldCounts().troubles();
  private ConnectRequest served = ConnectRequest.getDefaultInstance();
  private volatile ConnectRequest installed = ConnectRequest.getDefaultInstance();

  /// Starts the node and everything it serves.
  ///
  /// @throws IllegalStateException where an address is taken or its state is in use or damaged
  /// @throws IllegalArgumentException where TLS files are not usable
  public static NodeAgent start(AgentConfig config) {
    NodeAgent agent = new NodeAgent(config);
    agent.run();
    return agent;
  }

  private NodeAgent(AgentConfig config) {
    this.config = config;
    this.node = config.node();
    boolean complete = false;
    try {
      parts.push(StateLock.take(config.stateDirectory()));
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("timer-" + node).factory());
      parts.push(timer::shutdownNow);
      loop = new NodeLoop("node-" + node, this::flush);
      parts.push(loop);
      orders =
          StandingOrders.open(
              config.stateDirectory(), TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
      engine = new RuleEngine(node, orders.bootEpoch(), new SecureBits(), effects);
      peers =
          new PeerExchange(
              node,
              config.identity(),
              timer,
              clocks,
              System::nanoTime,
              (sender, messages) -> loop.post(() -> engine.receive(sender, messages)));
      parts.push(peers);
      keys =
          KeyService.start(
              new KeyServiceConfig(
                  node, config.stateDirectory(), config.identity(), config.keyListen(), peers));
      parts.push(keys);
      desk = new ControlDesk(node, engine, orders, peers::learn, keys::putSession);
      device =
          new EmulatedDevice(
              node,
              config.deviceEndpoint(),
              config.heraldsOverUdpFromAnywhere(),
              config.identity(),
              timer);
      parts.push(device);
      server =
          GrpcServers.start(
              config.peerListen(),
              config.identity(),
              List.of(peers.service(), keys.peerService(), new VersionReporting("node-agent")));
      parts.push(server::shutdownNow);
      applications = new KeptPairs(new ApplicationRequests(), () -> networkTime);
      applicationServer =
          config
              .applicationListen()
              .map(listen ->
                  GrpcServers.start(
                      listen,
                      config.identity(),
                      List.of(applications, new VersionReporting("node-agent"))))
              .orElse(null);
      if (applicationServer == null) {
        desk.keepsNothing();
      } else {
        parts.push(applicationServer::shutdownNow);
      }
      controller =
          new ControllerLink(
              node, config.controller(), config.identity(), timer, this::greeting, this::ordered);
      parts.push(controller);
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private void run() {
    loop.post(desk::resume);
    loop.start();
    device.start(new DeviceEvents());
    var _ =
        timer.scheduleWithFixedDelay(
            () -> loop.offer(this::report),
            TELEMETRY_MILLIS,
            TELEMETRY_MILLIS,
            TimeUnit.MILLISECONDS);
    var _ =
        timer.scheduleWithFixedDelay(
            peers::askClocks, CLOCK_EXCHANGE_MILLIS, CLOCK_EXCHANGE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private final class ApplicationRequests implements PairRequests {
    @Override
    public void measure(PairId pair, Direction direction) {
      loop.post(() -> engine.measure(pair, direction));
    }

    @Override
    public void release(PairId pair) {
      loop.post(() -> engine.release(pair));
    }
  }

  private final class DeviceEvents implements DeviceListener {
    @Override
    public void attached(DeviceInventory attached) {
      LOG.info(
          "{}: device attached, {} links, epoch {}",
          node,
          attached.links().size(),
          attached.epoch());
      inventory = attached;
      networkTime = attached.networkTime();
      clocks.forget();
      loop.post(() -> {
        desk.attached(attached.links(), attached.communicationQubitCount());
        engine.attached(
            attached.networkTime(), attached.communicationQubitCount(), attached.timings());
        installed = desk.installed();
        controller.open();
      });
    }

    @Override
    public void heralded(HeraldBatch batch) {
      // Before it waits for anything.
      batch.findCompleteUntil().ifPresent(time -> clocks.told(time, System.nanoTime()));
      loop.post(() -> handle(batch));
    }

    @Override
    public void concluded(List<DeviceOutcome> outcomes) {
      loop.post(() -> engine.outcomes(outcomes));
    }

    @Override
    public void detached(String reason) {
      LOG.warn("{}: device is away: {}", node, reason);
      clocks.forget();
      loop.post(engine::detached);
    }
  }

  private void handle(HeraldBatch batch) {
    List<Herald> heralds = batch.heralds();
    List<DeviceCommand> releases = batch.releases();
    Optional<NetworkTime> completeUntil = batch.findCompleteUntil();
    batch.recycle();
    releases.forEach(effects::command);
    engine.heralds(heralds);
    completeUntil.ifPresent(time -> {
      networkTime = time;
      engine.settle(time);
    });
  }

  private List<ConnectRequest> greeting() {
    AgentHello.Builder hello =
        AgentHello.newBuilder()
            .setNode(node.value())
            .setVersion(BuildVersion.current())
            .setBootEpoch(orders.bootEpoch())
            .setPeerEndpoint(peerEndpoint())
            .setKeyEndpoint(keyEndpoint().orElse(""))
            .setNetworkTime(Vocabulary.toProto(networkTime));
    DeviceInventory known = inventory;
    if (known != null) {
      hello.setInventory(
          Inventory.newBuilder()
              .setCommunicationQubitCount(known.communicationQubitCount())
              .setMemoryQubitCount(known.memoryQubitCount())
              .addAllLinks(known.links().stream().map(LinkId::value).toList())
              .setDriver(device.driver()));
    }
    return List.of(ConnectRequest.newBuilder().setHello(hello).build(), installed);
  }

  private void ordered(ConnectResponse order) {
    loop.post(() -> {
      switch (desk.handle(order)) {
        case OBEYED -> {}
        case STALE_TERM -> controller.refuseTerm(orders.term());
        case NOT_RECORDED -> controller.refuseOrders("the node cannot record key sessions");
      }
    });
  }

  private void flush() {
    ConnectRequest holds = desk.installed();
    if (!holds.equals(served)) {
      served = holds;
      applications.serve(keptSessions()).forEach(engine::release);
    }
    for (var events = effects.takeEvents(); !events.isEmpty(); events = effects.takeEvents()) {
      applications.accept(events).forEach(engine::release);
    }
    effects.flush(device, peers, keys, telemetry, desk, engine.settledUntil());
    try {
      List<ConnectRequest> answers = desk.commit();
      installed = desk.installed();
      answers.forEach(controller::offer);
    } catch (UncheckedIOException e) {
      LOG.error("{}: orders are not recorded and not answered", node, e);
      controller.refuseOrders("the node cannot record orders");
    }
  }

  private Map<FlowId, Application> keptSessions() {
    Map<FlowId, Application> sessions = new LinkedHashMap<>();
    for (InstalledGeneration generation : engine.installed()) {
      for (Rule rule : generation.ruleSet().rules()) {
        if (rule instanceof Rule.Keep keep) {
          sessions.put(generation.ruleSet().flow(), keep.application());
        }
      }
    }
    return sessions;
  }

  private void report() {
    String troubles = device.heraldCounts().troubles();
    if (!troubles.equals(heraldTroubles)) {
      heraldTroubles = troubles;
      LOG.warn("{}: since the start, {}", node, troubles);
    }
    if (!controller.isConnected()) {
      return;
    }
    TelemetryReport.Builder report = telemetry.take(engine, clocks.offsets(System.nanoTime()));
    // Reading stocks may wait for a disk, which must not hold up pairs.
    Thread.ofVirtual()
        .name("report-" + node)
        .start(() ->
            controller.offer(
                ConnectRequest.newBuilder()
                    .setTelemetry(report.addAllStocks(keys.stocks()))
                    .build()));
  }

  public NodeId node() {
    return node;
  }

  /// host:port at which peers reach this node.
  public String peerEndpoint() {
    return hostPort(config.advertisedHost(), server.getPort());
  }

  /// host:port at which consumers fetch keys; none at a node without consumers.
  public Optional<String> keyEndpoint() {
    return keys.keyEndpoint();
  }

  /// host:port at which applications receive pairs; none where the node serves none.
  public Optional<String> applicationEndpoint() {
    return Optional.ofNullable(applicationServer)
        .map(serving -> hostPort(config.advertisedHost(), serving.getPort()));
  }

  private static String hostPort(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port).getHostString() + ":" + port;
  }

  /// Stops in the reverse order of starting.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{}: {} did not stop cleanly", node, part, e);
      }
    }
  }
}
