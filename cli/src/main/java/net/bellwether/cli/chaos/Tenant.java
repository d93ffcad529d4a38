package net.bellwether.cli.chaos;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionKind;
import net.bellwether.v1.SessionSpec;

/// A client that opens and closes small sessions, and repeats what was not answered, under the same
/// request id, until it is or the run ends.
final class Tenant {
  static final double MIN_FIDELITY = 0.85;
  private static final double RATE_MIN = 2;
  private static final double RATE_MAX = 6;
  private static final int LIVE_MAX = 4;
  private static final double OPEN_PROBABILITY = 0.6;
  private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

  private final Run run;
  private final History history;
  private final Takeovers takeovers;
  private final ControllerClient client;
  private final String name;
  private final List<NodeId> ends;
  private final RandomGenerator random;
  private final Deque<String> live = new ArrayDeque<>();
  private int requests;

  Tenant(
      Run run,
      History history,
      Takeovers takeovers,
      ControllerClient client,
      String name,
      List<NodeId> ends,
      RandomGenerator random) {
    this.run = run;
    this.history = history;
    this.takeovers = takeovers;
    this.client = client;
    this.name = name;
    this.ends = List.copyOf(ends);
    this.random = random;
  }

  /// One operation about every so often, until the run ends.
  void work(Duration every) {
    while (run.pause(every)) {
      if (live.size() < LIVE_MAX && (live.isEmpty() || random.nextDouble() < OPEN_PROBABILITY)) {
        openSmall();
      } else {
        close(live.removeFirst());
      }
    }
  }

  private void openSmall() {
    int from = random.nextInt(ends.size());
    int to = (from + 1 + random.nextInt(ends.size() - 1)) % ends.size();
    open(ends.get(from), ends.get(to), random.nextDouble(RATE_MIN, RATE_MAX), MIN_FIDELITY)
        .ifPresent(session -> live.addLast(session.getSessionId()));
  }

  /// A session between this client at `from` and a consumer of its own at `to`; empty where it is
  /// refused or the run ends first.
  Optional<Session> open(NodeId from, NodeId to, double pairsPerSecond, double minFidelity) {
    String requestId = name + "-" + ++requests;
    SessionSpec spec =
        SessionSpec.newBuilder()
            .setFromSae(name)
            .setFromNode(from.value())
            .setToSae("peer-of-" + requestId)
            .setToNode(to.value())
            .setPairsPerSecond(pairsPerSecond)
            .setMinFidelity(minFidelity)
            // Named, as answers name it: specs are compared.
            .setKind(SessionKind.SESSION_KIND_MEASURE_DIRECTLY)
            .build();
    history.openAsked(requestId, spec);
    boolean first = true;
    do {
      try {
        Session session = client.open(requestId, spec);
        history.openAcknowledged(requestId, session.getSessionId(), session.getSpec());
        acknowledged(Operation.OPEN);
        return Optional.of(session);
      } catch (StatusRuntimeException e) {
        history.attempted(Operation.OPEN, Outcome.of(e));
        if (Outcome.of(e) == Outcome.REFUSED) {
          if (first) {
            history.openRefused(requestId);
          }
          return Optional.empty();
        }
        first = false;
      }
    } while (run.pause(BEFORE_RETRY));
    return Optional.empty();
  }

  private void close(String sessionId) {
    history.closeAsked(sessionId);
    do {
      try {
        client.closeSession(sessionId);
        history.closeAcknowledged(sessionId);
        acknowledged(Operation.CLOSE);
        return;
      } catch (StatusRuntimeException e) {
        history.attempted(Operation.CLOSE, Outcome.of(e));
        if (Outcome.of(e) == Outcome.REFUSED) {
          return;
        }
      }
    } while (run.pause(BEFORE_RETRY));
  }

  private void acknowledged(Operation operation) {
    history.attempted(operation, Outcome.ACKNOWLEDGED);
    takeovers.operated(System.nanoTime());
  }
}
