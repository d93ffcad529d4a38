package net.bellwether.agent.kept;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ApplicationServiceGrpc;
import net.bellwether.v1.MeasurePairRequest;
import net.bellwether.v1.MeasurePairResponse;
import net.bellwether.v1.ReceivePairsRequest;
import net.bellwether.v1.ReceivePairsResponse;
import net.bellwether.v1.ReleasePairRequest;
import net.bellwether.v1.ReleasePairResponse;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.Vocabulary;

/// Hands pairs of create-and-keep sessions to the applications at this node, and takes what they
/// ask of them. A caller is believed by its certificate; to all but the session's application the
/// session does not exist. No application can hold up the node: what it does not read is given
/// back. Thread-safe.
public final class KeptPairs extends ApplicationServiceGrpc.ApplicationServiceImplBase {
  /// A device answers within a frame; later it is away.
  private static final long ANSWER_SECONDS = 10;

  private final PairRequests requests;
  private final Supplier<NetworkTime> now;
  private final Map<FlowId, Desk> desks = new LinkedHashMap<>();
  private final Map<PairId, CompletableFuture<KeptEvent>> measurements = new HashMap<>();

  /// `requests` are never made by a thread that is inside `serve` or `accept`.
  public KeptPairs(PairRequests requests, Supplier<NetworkTime> now) {
    this.requests = requests;
    this.now = now;
  }

  /// The sessions that keep pairs here, from now on. Returns halves that nobody is left for.
  public synchronized List<PairId> serve(Map<FlowId, Application> sessions) {
    List<PairId> unwanted = new ArrayList<>();
    for (FlowId flow : List.copyOf(desks.keySet())) {
      Desk desk = desks.get(flow);
      if (desk != null && !desk.application.equals(sessions.get(flow))) {
        unwanted.addAll(desk.close());
        desks.remove(flow);
      }
    }
    sessions.forEach(
        (flow, application) -> desks.computeIfAbsent(flow, _ -> new Desk(application)));
    return unwanted;
  }

  /// Takes in what became of halves, in order. Returns halves that nobody reads.
  public synchronized List<PairId> accept(List<KeptEvent> events) {
    List<PairId> unwanted = new ArrayList<>();
    for (KeptEvent event : events) {
      switch (event) {
        case KeptEvent.Handed(KeptHalf half) -> {
          Desk desk = desks.get(half.flow());
          if (desk == null || !desk.add(half)) {
            unwanted.add(half.pair());
          }
        }
        case KeptEvent.Measured _, KeptEvent.Ended _ -> {
          desks.values().forEach(desk -> desk.forget(event.pair()));
          CompletableFuture<KeptEvent> asked = measurements.remove(event.pair());
          if (asked != null) {
            asked.complete(event);
          }
        }
      }
    }
    desks.values().forEach(desk -> desk.drain(now.get()));
    return unwanted;
  }

  @Override
  public void receivePairs(
      ReceivePairsRequest request, StreamObserver<ReceivePairsResponse> caller) {
    var stream = (ServerCallStreamObserver<ReceivePairsResponse>) caller;
    synchronized (this) {
      Desk desk = own(request.getSessionId());
      stream.setOnReadyHandler(() -> drain(desk));
      stream.setOnCancelHandler(() -> left(desk, stream));
      desk.read(stream);
    }
  }

  private synchronized void drain(Desk desk) {
    desk.drain(now.get());
  }

  private void left(Desk desk, ServerCallStreamObserver<ReceivePairsResponse> stream) {
    List<PairId> unread;
    synchronized (this) {
      unread = desk.left(stream);
    }
    unread.forEach(requests::release);
  }

  @Override
  public void measurePair(MeasurePairRequest request, StreamObserver<MeasurePairResponse> caller) {
    Direction direction;
    PairId pair;
    try {
      direction = Handles.direction(request);
      pair = Vocabulary.fromProto(request.getPair());
    } catch (IllegalArgumentException e) {
      throw RpcErrors.invalidArgument("request", String.valueOf(e.getMessage()));
    }
    CompletableFuture<KeptEvent> asked = new CompletableFuture<>();
    synchronized (this) {
      requireHeld(own(request.getSessionId()), pair);
      measurements.put(pair, asked);
    }
    requests.measure(pair, direction);
    switch (answer(pair, asked)) {
      case KeptEvent.Measured(_, boolean outcome, NetworkTime at) -> {
        caller.onNext(
            MeasurePairResponse.newBuilder()
                .setOutcome(outcome)
                .setFrameApplied(true)
                .setMeasured(Vocabulary.toProto(at))
                .build());
        caller.onCompleted();
      }
      case KeptEvent.Ended(_, KeptEvent.Reason reason) -> throw gone(pair, reason);
      case KeptEvent.Handed handed ->
          throw new IllegalStateException("half (" + handed + ") is no answer to a measurement");
    }
  }

  private void requireHeld(Desk desk, PairId pair) {
    if (desk.find(pair).isEmpty()) {
      throw gone(pair, KeptEvent.Reason.NOT_HELD);
    }
    if (measurements.containsKey(pair)) {
      throw RpcErrors.failedPrecondition("pair " + pair + " is being measured");
    }
  }

  private static RuntimeException gone(PairId pair, KeptEvent.Reason reason) {
    return RpcErrors.notFound("pair", pair + ": " + reason.words());
  }

  private KeptEvent answer(PairId pair, CompletableFuture<KeptEvent> asked) {
    try {
      return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      throw RpcErrors.of(
          Status.Code.DEADLINE_EXCEEDED,
          "the device has not answered for %d s; whether pair %s was measured is unknown"
              .formatted(ANSWER_SECONDS, pair));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw RpcErrors.unavailable("the agent is stopping");
    } catch (ExecutionException e) {
      throw new IllegalStateException("measurements never fail by themselves", e);
    } finally {
      synchronized (this) {
        measurements.remove(pair, asked);
      }
    }
  }

  @Override
  public void releasePair(ReleasePairRequest request, StreamObserver<ReleasePairResponse> caller) {
    PairId pair;
    try {
      pair = Vocabulary.fromProto(request.getPair());
    } catch (IllegalArgumentException e) {
      throw RpcErrors.invalidArgument("pair", String.valueOf(e.getMessage()));
    }
    boolean held;
    synchronized (this) {
      Desk desk = own(request.getSessionId());
      held = desk.find(pair).isPresent();
      if (held) {
        requireHeld(desk, pair);
        desk.forget(pair);
      }
    }
    if (held) {
      requests.release(pair);
    }
    caller.onNext(ReleasePairResponse.getDefaultInstance());
    caller.onCompleted();
  }

  private Desk own(String session) {
    if (Callers.current() instanceof Identity.Sae sae) {
      for (Map.Entry<FlowId, Desk> entry : desks.entrySet()) {
        if (entry.getKey().value().equals(session)
            && entry.getValue().application.equals(new Application(sae.tenant(), sae.app()))) {
          return entry.getValue();
        }
      }
    }
    throw RpcErrors.notFound("session", session);
  }
}
