package net.bellwether.cli.chsh;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ApplicationServiceGrpc;
import net.bellwether.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import net.bellwether.v1.MeasurePairRequest;
import net.bellwether.v1.MeasurePairResponse;
import net.bellwether.v1.PairHandle;
import net.bellwether.v1.ReceivePairsRequest;
import net.bellwether.v1.ReceivePairsResponse;
import net.bellwether.v1.ReleasePairRequest;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.Vocabulary;

/// One end of a CHSH test: receives pairs from the agent of its node, measures each, and compares
/// with the other end through files.
public final class ChshEnd implements AutoCloseable {
  /// Measurements under way: each waits for the device, which answers many at once.
  private static final int AT_ONCE_MAX = 64;

  private static final long MEASURE_SECONDS = 20;

  private final ManagedChannel channel;
  private final String session;
  private final Side side;

  /// `agent` is HOST:PORT of its application service, `application` the session's consumer there.
  public ChshEnd(String agent, TlsFiles application, String session, Side side) {
    this.channel = GrpcChannels.open(agent, application, peer -> peer instanceof Identity.Node);
    this.session = session;
    this.side = side;
  }

  /// Measures `count` pairs whose predicted fidelity is at least `minFidelity` when they are read
  /// (others are released), and writes what came of them to `outcomes`, complete at once. Waits up
  /// to `patience` for the pairs. Returns how many pairs were measured.
  ///
  /// @throws StatusRuntimeException where the agent refuses
  /// @throws IllegalStateException where the agent ends the stream
  public int measure(int count, double minFidelity, Path outcomes, Duration patience) {
    List<Measured> measured = new ArrayList<>();
    Context.CancellableContext reading = Context.current().withCancellation();
    Context before = reading.attach();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore free = new Semaphore(AT_ONCE_MAX);
      List<Future<Optional<Measured>>> underWay = new ArrayList<>();
      Iterator<ReceivePairsResponse> pairs =
          ApplicationServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
              .withWaitForReady()
              .receivePairs(ReceivePairsRequest.newBuilder().setSessionId(session).build());
      while (measured.size() + underWay.size() < count) {
        if (!pairs.hasNext()) {
          throw new IllegalStateException(
              "the agent gives no more pairs of session %s: it was closed, or another program receives them"
                  .formatted(session));
        }
        PairHandle handle = pairs.next().getPair();
        if (handle.getStateNow().getI() < minFidelity) {
          release(handle);
        } else {
          free.acquireUninterruptibly();
          underWay.add(
              threads.submit(() -> {
                try {
                  return measure(handle);
                } finally {
                  free.release();
                }
              }));
        }
        if (measured.size() + underWay.size() == count) {
          collect(underWay, measured);
        }
      }
    } finally {
      reading.detach(before);
      reading.cancel(null);
    }
    OutcomeFile.write(outcomes, measured);
    return measured.size();
  }

  private static void collect(List<Future<Optional<Measured>>> underWay, List<Measured> into) {
    for (Future<Optional<Measured>> each : underWay) {
      try {
        each.get().ifPresent(into::add);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StatusRuntimeException status) {
          throw status;
        }
        throw new IllegalStateException("cannot measure: " + e.getCause(), e);
      }
    }
    underWay.clear();
  }

  /// None where the half was gone by then.
  private Optional<Measured> measure(PairHandle handle) {
    Prediction prediction = Vocabulary.fromProto(handle.getPrediction());
    PairId pair = Vocabulary.fromProto(handle.getPair());
    int setting = Settings.of(pair.toString(), side);
    try {
      MeasurePairResponse response =
          service()
              .measurePair(
                  MeasurePairRequest.newBuilder()
                      .setSessionId(session)
                      .setPair(handle.getPair())
                      .setDirection(
                          Vocabulary.toProto(
                              Settings.direction(prediction.delivered(), side, setting)))
                      .build());
      NetworkTime created = Vocabulary.fromProto(handle.getCreated());
      double held =
          Vocabulary.fromProto(response.getMeasured()).picosSince(created)
              / (double) NetworkTime.PICOS_PER_SECOND;
      return Optional.of(
          new Measured(pair.toString(), setting, response.getOutcome(), held, prediction));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void release(PairHandle handle) {
    var _ =
        service()
            .releasePair(
                ReleasePairRequest.newBuilder()
                    .setSessionId(session)
                    .setPair(handle.getPair())
                    .build());
  }

  private ApplicationServiceBlockingStub service() {
    return ApplicationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(MEASURE_SECONDS, TimeUnit.SECONDS);
  }

  /// Compares with what the other end wrote to `others`; waits up to `patience` for that.
  ///
  /// @throws IllegalStateException where it does not come in time
  public ChshResult compare(Path outcomes, Path others, Duration patience)
      throws InterruptedException {
    List<Measured> other = OutcomeFile.await(others, patience);
    List<Measured> own = OutcomeFile.read(outcomes);
    return switch (side) {
      case LEFT -> ChshResult.of(own, other);
      case RIGHT -> ChshResult.of(other, own);
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
