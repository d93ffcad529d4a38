package net.bellwether.cli.chaos;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;

/// Asks every controller, again and again, who leads, and keeps the answers.
final class Watch {
  private static final Duration EVERY = Duration.ofMillis(100);

  /// A paused controller does not answer; waiting longer would tell no more.
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  /// Older answers may be of a leader that is gone.
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private record Answer(GetLeadershipResponse leadership, long nanos) {}

  private final Run run;
  private final History history;
  private final Takeovers takeovers;
  private @Nullable Answer latest;

  Watch(Run run, History history, Takeovers takeovers) {
    this.run = run;
    this.history = history;
    this.takeovers = takeovers;
  }

  List<Future<?>> start(LocalNetwork local, ExecutorService threads) {
    List<Future<?>> work = new ArrayList<>();
    TlsFiles identity = local.operator();
    for (String endpoint : local.controllerEndpoints()) {
      ControllerClient client = new ControllerClient(endpoint, identity, DEADLINE);
      work.add(threads.submit(() -> watch(client)));
    }
    return work;
  }

  private void watch(ControllerClient client) {
    try (client) {
      while (run.pause(EVERY)) {
        ask(client);
      }
    }
  }

  private void ask(ControllerClient client) {
    long asked = System.nanoTime();
    try {
      GetLeadershipResponse leadership = client.leadership();
      long answered = System.nanoTime();
      history.attempted(Operation.LEADERSHIP, Outcome.ACKNOWLEDGED);
      history.termSeen(asked, answered, leadership.getTerm(), leadership.getEndpoint());
      takeovers.answered(answered, leadership.getTerm());
      keep(new Answer(leadership, answered));
    } catch (StatusRuntimeException e) {
      history.attempted(Operation.LEADERSHIP, Outcome.of(e));
    }
  }

  private synchronized void keep(Answer answer) {
    if (latest == null || latest.leadership().getTerm() <= answer.leadership().getTerm()) {
      latest = answer;
    }
  }

  /// Who leads, where that was told within the last second.
  synchronized Optional<GetLeadershipResponse> findLeader() {
    return Optional.ofNullable(latest)
        .filter(answer -> System.nanoTime() - answer.nanos() < FRESH_NANOS)
        .map(Answer::leadership);
  }
}
