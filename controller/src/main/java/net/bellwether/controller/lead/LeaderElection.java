package net.bellwether.controller.lead;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands in the election until it is closed. One thread decides ([Candidacy]) and sends; another
/// calls the listener, so that a leader which takes long to begin keeps its lease meanwhile.
public final class LeaderElection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  /// Told what this controller is, in order and never twice at once. `led` and `fenced` alternate.
  public interface Listener {
    /// This controller decides, under `term`.
    void led(long term);

    /// It decides no more.
    void fenced(String reason);

    /// The controller at `endpoint` decides.
    void following(String endpoint);

    /// Nobody is known to decide.
    void leaderless();
  }

  private static final long FAILURES_TOLD_EVERY_MILLIS = 10_000;

  private record Leadership(long term, long untilMillis) {}

  private static final Leadership NONE = new Leadership(0, Long.MIN_VALUE);

  private final LeaderBallot ballot;
  private final CandidacyTiming timing;
  private final String endpoint;
  private final LongSupplier clockMillis;
  private final Listener listener;
  private final Candidacy candidacy;

  /// Bounded by the rate at which a candidacy asks: an answer or two a request.
  private final LinkedBlockingQueue<CandidacyInput> inputs = new LinkedBlockingQueue<>();

  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("leadership-request").factory());
  private final ExecutorService notices =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("leadership-notices").daemon().factory());
  private final Thread thread;
  private volatile Leadership leadership = NONE;

  /// From when on a failed request is told again.
  private final AtomicLong failureDueMillis = new AtomicLong(Long.MIN_VALUE);

  private LeaderElection(
      LeaderBallot ballot,
      CandidacyTiming timing,
      String endpoint,
      LongSupplier clockMillis,
      Listener listener) {
    this.ballot = ballot;
    this.timing = timing;
    this.endpoint = endpoint;
    this.clockMillis = clockMillis;
    this.listener = listener;
    this.candidacy = new Candidacy(timing, clockMillis.getAsLong());
    this.thread = Thread.ofPlatform().name("leadership").daemon().unstarted(this::run);
  }

  /// Begins to stand. `endpoint` is what others learn of this controller; `clockMillis` is
  /// monotonic.
  public static LeaderElection start(
      LeaderBallot ballot,
      CandidacyTiming timing,
      String endpoint,
      LongSupplier clockMillis,
      Listener listener) {
    LeaderElection election = new LeaderElection(ballot, timing, endpoint, clockMillis, listener);
    election.thread.start();
    return election;
  }

  /// Whether this controller still leads under `term`, by the clock: false from the moment of its
  /// fence on, also where the listener has not been told yet.
  public boolean leads(long term) {
    Leadership present = leadership;
    return present.term() == term && clockMillis.getAsLong() < present.untilMillis();
  }

  private void run() {
    try {
      decide();
    } catch (RuntimeException | Error e) {
      LOG.error("the election failed; this controller cannot lead until it is restarted", e);
      boolean led = leadership.term() != 0;
      leadership = NONE;
      if (led) {
        tell(() -> listener.fenced("the election failed: " + e));
      }
    }
  }

  private void decide() {
    try (LeaderBallot.Watch _ = ballot.watch(standing -> inputs.add(input(standing)))) {
      CandidacyInput input = new CandidacyInput.Tick();
      while (true) {
        for (CandidacyOutput output : candidacy.handle(input, clockMillis.getAsLong())) {
          perform(output);
        }
        leadership =
            candidacy.term() == 0
                ? NONE
                : new Leadership(candidacy.term(), candidacy.leadsUntilMillis());
        if (input instanceof CandidacyInput.StepDown) {
          return;
        }
        input = next();
      }
    }
  }

  private CandidacyInput next() {
    long waitMillis = candidacy.wakeAtMillis() - clockMillis.getAsLong();
    try {
      CandidacyInput input = inputs.poll(Math.max(0, waitMillis), TimeUnit.MILLISECONDS);
      return input == null ? new CandidacyInput.Tick() : input;
    } catch (InterruptedException _) {
      return new CandidacyInput.StepDown();
    }
  }

  private void perform(CandidacyOutput output) {
    long sentAt = clockMillis.getAsLong();
    switch (output) {
      case CandidacyOutput.GrantLease _ ->
          request(
              CandidacyInput.Request.GRANT,
              () -> new CandidacyInput.LeaseGranted(ballot.grant(timing.ttlMillis()), sentAt));
      case CandidacyOutput.KeepAlive(long lease) ->
          request(
              CandidacyInput.Request.KEEP_ALIVE,
              () ->
                  ballot.keepAlive(lease)
                      ? new CandidacyInput.LeaseKept(lease, sentAt)
                      : new CandidacyInput.LeaseLost(lease));
      case CandidacyOutput.Campaign(long lease) ->
          request(CandidacyInput.Request.CAMPAIGN, () -> input(ballot.campaign(lease, endpoint)));
      case CandidacyOutput.Observe _ ->
          request(CandidacyInput.Request.OBSERVE, () -> input(ballot.observe()));
      case CandidacyOutput.Resign(long lease) -> resign(lease);
      case CandidacyOutput.BecomeLeader(long term) -> {
        LOG.info("this controller leads, under term {}", term);
        leadership = new Leadership(term, candidacy.leadsUntilMillis());
        tell(() -> listener.led(term));
      }
      case CandidacyOutput.Fenced(String reason) -> {
        LOG.info("this controller no longer leads: {}", reason);
        leadership = NONE;
        tell(() -> listener.fenced(reason));
      }
      case CandidacyOutput.Follow(String leader) -> {
        LOG.info("the controller at {} leads", leader);
        tell(() -> listener.following(leader));
      }
      case CandidacyOutput.Leaderless _ -> tell(listener::leaderless);
    }
  }

  private void request(CandidacyInput.Request request, Supplier<CandidacyInput> call) {
    requests.execute(() -> {
      CandidacyInput answer;
      try {
        answer = call.get();
      } catch (RuntimeException e) {
        failed(request, e);
        answer = new CandidacyInput.RequestFailed(request);
      }
      inputs.add(answer);
    });
  }

  /// While a store is away, requests fail many times a second, and hardly two of them alike: the
  /// reasons have figures.
  private void failed(CandidacyInput.Request request, RuntimeException e) {
    long now = clockMillis.getAsLong();
    long due = failureDueMillis.get();
    if (now >= due && failureDueMillis.compareAndSet(due, now + FAILURES_TOLD_EVERY_MILLIS)) {
      LOG.warn("{} for the leadership failed: {}", request, e.getMessage());
    }
  }

  /// Waits for the answer: whoever closes wants the next leader to begin before this process ends.
  private void resign(long lease) {
    try {
      ballot.resign(lease);
    } catch (RuntimeException e) {
      LOG.info("the lease could not be revoked and will expire: {}", e.getMessage());
    }
  }

  private static CandidacyInput input(LeaderBallot.Standing standing) {
    return switch (standing) {
      case LeaderBallot.Standing.Held held ->
          new CandidacyInput.HeldBy(held.endpoint(), held.leaseId(), held.term());
      case LeaderBallot.Standing.Vacant vacant -> new CandidacyInput.LeaderGone(vacant.term());
      case LeaderBallot.Standing.LeaseMissing missing ->
          new CandidacyInput.LeaseLost(missing.leaseId());
    };
  }

  private void tell(Runnable notice) {
    notices.execute(() -> {
      try {
        notice.run();
      } catch (RuntimeException e) {
        LOG.error("the listener of the election failed", e);
      }
    });
  }

  /// Steps down: fences, tells the listener and resigns, so that another can lead at once. Not to
  /// be called by the listener.
  @Override
  public void close() {
    inputs.add(new CandidacyInput.StepDown());
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    notices.close();
    requests.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
