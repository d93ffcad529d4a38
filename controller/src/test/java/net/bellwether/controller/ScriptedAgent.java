package net.bellwether.controller;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.bellwether.controller.tracker.LinkScript;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.v1.AgentHello;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.FlowCounters;
import net.bellwether.v1.InstalledFlow;
import net.bellwether.v1.InstalledFlows;
import net.bellwether.v1.Inventory;
import net.bellwether.v1.NetworkTime;
import net.bellwether.v1.NodeControlServiceGrpc;
import net.bellwether.v1.PrepareResult;
import net.bellwether.v1.TelemetryReport;
import net.bellwether.v1.TestOutcomes;
import org.jspecify.annotations.Nullable;

/// An agent that speaks the real control stream and does nothing else: keeps rule sets over its own
/// restarts, answers, reconnects, and reports in a network time that runs twenty times too fast.
final class ScriptedAgent implements AutoCloseable {
  private static final long FRAMES_PER_REPORT = 10;
  private static final AtomicLong FRAME = new AtomicLong(17_000_000_000L);

  record Held(String flow, long generation) implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      int byFlow = flow.compareTo(other.flow);
      return byFlow != 0 ? byFlow : Long.compare(generation, other.generation);
    }
  }

  final String node;
  final List<ConnectResponse> received = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final TreeMap<Held, Long> holds = new TreeMap<>();
  private final AtomicReference<@Nullable Throwable> ended = new AtomicReference<>();
  private @Nullable StreamObserver<ConnectRequest> stream;
  private @Nullable ScheduledFuture<?> reports;
  String hello;
  String endpoint;

  ScriptedAgent(String node) {
    this.node = node;
    this.hello = node;
    endpoint = node + ".test:7001";
  }

  /// One clock for all agents, as from their devices.
  static void tick() {
    FRAME.addAndGet(FRAMES_PER_REPORT);
  }

  private static NetworkTime now() {
    return NetworkTime.newBuilder().setFrame(FRAME.get()).build();
  }

  synchronized ScriptedAgent connect(ManagedChannel channel) {
    ended.set(null);
    StreamObserver<ConnectRequest> opened =
        NodeControlServiceGrpc.newStub(channel).connect(new Orders());
    stream = opened;
    opened.onNext(
        ConnectRequest.newBuilder()
            .setHello(
                AgentHello.newBuilder()
                    .setNode(hello)
                    .setVersion("0.1.0")
                    .setBootEpoch(1)
                    .setInventory(
                        Inventory.newBuilder()
                            .setCommunicationQubitCount(320)
                            .setMemoryQubitCount(320)
                            .setDriver("emulated"))
                    .setPeerEndpoint(endpoint)
                    .setNetworkTime(now()))
            .build());
    sendInstalled();
    if (reports == null) {
      reports = thread.scheduleAtFixedRate(this::report, 50, 50, TimeUnit.MILLISECONDS);
    }
    return this;
  }

  /// Cuts the stream as a killed process would; what was installed stays.
  synchronized void disconnect() {
    StreamObserver<ConnectRequest> open = stream;
    stream = null;
    if (open != null) {
      open.onError(new IllegalStateException("killed"));
    }
  }

  @Nullable Throwable end() {
    return ended.get();
  }

  synchronized List<Long> generations(String flow) {
    return holds.keySet().stream()
        .filter(held -> held.flow().equals(flow))
        .map(Held::generation)
        .toList();
  }

  synchronized boolean runs(String flow) {
    return holds.entrySet().stream()
        .anyMatch(entry -> entry.getKey().flow().equals(flow) && entry.getValue() > 0);
  }

  private synchronized void report() {
    send(
        ConnectRequest.newBuilder()
            .setTelemetry(TelemetryReport.newBuilder().setTo(now()))
            .build());
  }

  /// Reports test pairs and attempts of a link.
  synchronized void report(
      LinkScript.Outcomes outcomes, boolean atA, String link, long attempts, long heralds) {
    send(
        ConnectRequest.newBuilder()
            .setTelemetry(
                TelemetryReport.newBuilder()
                    .setTo(now())
                    .addFlows(
                        FlowCounters.newBuilder()
                            .setFlow("test-" + link + "-only")
                            .setGeneration(1)
                            .setLink(link)
                            .setMode("only")
                            .setAttemptCount(attempts)
                            .setHeraldCount(heralds))
                    .addTests(
                        TestOutcomes.newBuilder()
                            .setLink(link)
                            .setMode("only")
                            .setEpoch(outcomes.epoch())
                            .setOutcomes(
                                ByteString.copyFrom(
                                    (atA ? outcomes.atA() : outcomes.atB()).bytes()))))
            .build());
  }

  static void reportLink(
      ScriptedAgent a, ScriptedAgent b, LinkScript script, BellDiagonal state, double factor) {
    LinkScript.Outcomes outcomes = script.test(150, state);
    long attempts = script.attempts(200);
    long heralds = script.heralds(attempts, factor);
    a.report(outcomes, true, script.link().value(), attempts, heralds);
    b.report(outcomes, false, script.link().value(), attempts, heralds);
  }

  private synchronized void send(ConnectRequest message) {
    StreamObserver<ConnectRequest> open = stream;
    if (open != null) {
      open.onNext(message);
    }
  }

  private synchronized void sendInstalled() {
    InstalledFlows.Builder flows = InstalledFlows.newBuilder();
    holds.forEach((held, frame) ->
        flows.addFlows(
            InstalledFlow.newBuilder()
                .setFlow(held.flow())
                .setGeneration(held.generation())
                .setActiveFromFrame(frame)));
    send(ConnectRequest.newBuilder().setInstalled(flows).build());
  }

  private synchronized void take(ConnectResponse order) {
    received.add(order);
    switch (order.getMessageCase()) {
      case PREPARE -> {
        var rules = order.getPrepare().getRuleSet();
        if (!rules.getNode().equals(node)) {
          throw new AssertionError("rules of " + rules.getNode() + " sent to " + node);
        }
        holds.putIfAbsent(new Held(rules.getFlow(), rules.getGeneration()), 0L);
        send(
            ConnectRequest.newBuilder()
                .setPrepareResult(
                    PrepareResult.newBuilder()
                        .setFlow(rules.getFlow())
                        .setGeneration(rules.getGeneration())
                        .setAccepted(true))
                .build());
      }
      case ACTIVATE ->
          holds.put(
              new Held(order.getActivate().getFlow(), order.getActivate().getGeneration()),
              order.getActivate().getFrame());
      case REMOVE -> {
        holds
            .keySet()
            .removeIf(held ->
                held.flow().equals(order.getRemove().getFlow())
                    && held.generation() <= order.getRemove().getUpToGeneration());
        sendInstalled();
      }
      case HELLO, KEY_SESSION, MESSAGE_NOT_SET -> {}
    }
  }

  private final class Orders implements StreamObserver<ConnectResponse> {
    @Override
    public void onNext(ConnectResponse order) {
      take(order);
    }

    @Override
    public void onError(Throwable error) {
      ended.set(error);
    }

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    thread.shutdownNow();
    disconnect();
  }
}
