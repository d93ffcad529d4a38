package net.bellwether.controller.lead;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Candidacies against a store of leases, in virtual time: answers are late, lost, doubled and out
/// of order, and the clocks of candidates do not run alike. Checks at every step what must hold.
final class VirtualElection {
  private record Event(long atMillis, long sequence, Runnable action) {}

  /// The leader's key.
  private record Key(String endpoint, long leaseId, long term) {}

  private final Random random;
  private final CandidacyTiming timing;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>((a, b) ->
          a.atMillis() != b.atMillis()
              ? Long.compare(a.atMillis(), b.atMillis())
              : Long.compare(a.sequence(), b.sequence()));
  private final Map<Long, Long> leaseEndsAtMillis = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private long nowMillis;
  private long sequence;
  private long revision = 1;
  private long lastLease;
  private Key key = new Key("", 0, 0);
  private long lastTerm;
  private int leaderships;
  double lossProbability;
  int delayMaxMillis = 5;

  VirtualElection(long seed, CandidacyTiming timing, int count) {
    this.random = new Random(seed);
    this.timing = timing;
    for (int i = 0; i < count; i++) {
      Candidate candidate = new Candidate("controller-" + i);
      candidates.add(candidate);
      at(0, () -> candidate.take(new CandidacyInput.Tick()));
    }
  }

  List<Candidate> candidates() {
    return candidates;
  }

  List<Candidate> leaders() {
    return candidates.stream().filter(each -> each.leads).toList();
  }

  /// How often anybody became leader.
  int leaderships() {
    return leaderships;
  }

  void run(long millis) {
    long end = nowMillis + millis;
    while (!events.isEmpty() && events.peek().atMillis() <= end) {
      Event event = events.remove();
      nowMillis = event.atMillis();
      event.action().run();
    }
    nowMillis = end;
  }

  private void at(long delayMillis, Runnable action) {
    events.add(new Event(nowMillis + delayMillis, sequence++, action));
  }

  /// Revokes the lease; the key goes with it.
  private void endLease(long leaseId) {
    leaseEndsAtMillis.remove(leaseId);
    if (key.leaseId() == leaseId) {
      removeKey();
    }
  }

  /// Also what an operator can do to a leader: the one that is deposed learns of it after the fact.
  void removeKey() {
    key = new Key("", 0, 0);
    revision++;
    candidates.forEach(each -> each.send(each::standing));
  }

  private void prolong(long leaseId) {
    long end = nowMillis + timing.ttlMillis();
    leaseEndsAtMillis.put(leaseId, end);
    at(
        timing.ttlMillis(),
        () -> {
          if (leaseEndsAtMillis.getOrDefault(leaseId, end + 1) <= end) {
            endLease(leaseId);
          }
        });
  }

  /// Computes an answer at the time and place of the store.
  private interface Answer {
    CandidacyInput at();
  }

  final class Candidate {
    private final String endpoint;

    /// Monotonic clocks begin anywhere and run a tenth too fast or too slow.
    private final long clockStart = random.nextLong(1_000_000);

    private final double clockRate = 0.9 + 0.2 * random.nextDouble();
    private final Candidacy candidacy;
    private long acknowledgedMillis = Long.MIN_VALUE / 2;

    boolean leads;
    boolean cutOff;

    private Candidate(String endpoint) {
      this.endpoint = endpoint;
      this.candidacy = new Candidacy(timing, clock());
    }

    private long clock() {
      return clockStart + (long) (nowMillis * clockRate);
    }

    void take(CandidacyInput input) {
      switch (input) {
        case CandidacyInput.LeaseGranted granted -> acknowledged(granted.sentAtMillis());
        case CandidacyInput.LeaseKept kept -> acknowledged(kept.sentAtMillis());
        default -> {}
      }
      for (CandidacyOutput output : candidacy.handle(input, clock())) {
        perform(output);
      }
      long wake = candidacy.wakeAtMillis();
      if (wake != Long.MAX_VALUE) {
        long delay = (long) Math.ceil(Math.max(0, wake - clock()) / clockRate);
        at(
            delay,
            () -> {
              if (candidacy.wakeAtMillis() <= clock()) {
                take(new CandidacyInput.Tick());
              }
            });
      }
      check();
    }

    private void acknowledged(long sentAtMillis) {
      acknowledgedMillis = Math.max(acknowledgedMillis, sentAtMillis);
    }

    private void perform(CandidacyOutput output) {
      long sentAt = clock();
      switch (output) {
        case CandidacyOutput.GrantLease _ ->
            request(
                CandidacyInput.Request.GRANT,
                () -> {
                  long lease = ++lastLease;
                  prolong(lease);
                  return new CandidacyInput.LeaseGranted(lease, sentAt);
                });
        case CandidacyOutput.KeepAlive(long lease) ->
            request(
                CandidacyInput.Request.KEEP_ALIVE,
                () -> {
                  if (!leaseEndsAtMillis.containsKey(lease)) {
                    return new CandidacyInput.LeaseLost(lease);
                  }
                  prolong(lease);
                  return new CandidacyInput.LeaseKept(lease, sentAt);
                });
        case CandidacyOutput.Campaign(long lease) ->
            request(CandidacyInput.Request.CAMPAIGN, () -> campaign(lease));
        case CandidacyOutput.Observe _ -> request(CandidacyInput.Request.OBSERVE, this::standing);
        case CandidacyOutput.Resign(long lease) -> {
          if (!lost()) {
            at(delay(), () -> endLease(lease));
          }
        }
        case CandidacyOutput.BecomeLeader(long term) -> {
          require(!leads, "became leader twice");
          require(term > lastTerm, "term " + term + " after " + lastTerm);
          lastTerm = term;
          leads = true;
          leaderships++;
          require(leaders().size() == 1, "two leaders");
        }
        case CandidacyOutput.Fenced _ -> {
          require(leads, "fenced without leading");
          leads = false;
        }
        case CandidacyOutput.Follow _, CandidacyOutput.Leaderless _ ->
            require(!leads, "follows while leading");
      }
    }

    private CandidacyInput campaign(long lease) {
      if (key.leaseId() == 0) {
        if (!leaseEndsAtMillis.containsKey(lease)) {
          return new CandidacyInput.LeaseLost(lease);
        }
        key = new Key(endpoint, lease, ++revision);
        candidates.forEach(each -> each.send(each::standing));
      }
      return standing();
    }

    private CandidacyInput standing() {
      return key.leaseId() == 0
          ? new CandidacyInput.LeaderGone(revision)
          : new CandidacyInput.HeldBy(key.endpoint(), key.leaseId(), key.term());
    }

    private void request(CandidacyInput.Request request, Answer answer) {
      if (lost()) {
        if (random.nextBoolean()) {
          at(delay(), () -> take(new CandidacyInput.RequestFailed(request)));
        }
        return;
      }
      at(delay(), () -> send(answer));
    }

    /// From the store to the candidate.
    private void send(Answer answer) {
      CandidacyInput input = answer.at();
      for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
        if (!lost()) {
          at(delay(), () -> take(input));
        }
      }
    }

    private boolean lost() {
      return cutOff || random.nextDouble() < lossProbability;
    }

    private long delay() {
      return random.nextInt(delayMaxMillis + 1);
    }

    private void check() {
      require(
          !leads || clock() - acknowledgedMillis < timing.fenceMillis(), "leads beyond its fence");
      require(leads == (candidacy.term() != 0), "term and leadership differ");
    }
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("at " + nowMillis + " ms: " + what);
    }
  }

  /// One step of bad luck.
  void disturb() {
    switch (random.nextInt(5)) {
      case 0 -> lossProbability = random.nextDouble() * 0.6;
      case 1 -> delayMaxMillis = 1 + random.nextInt(random.nextBoolean() ? 50 : 4_000);
      case 2 -> {
        Candidate one = candidates.get(random.nextInt(candidates.size()));
        one.cutOff = !one.cutOff;
      }
      case 3 -> candidates.forEach(each -> each.cutOff = false);
      default -> lossProbability = 0;
    }
  }

  void calm() {
    lossProbability = 0;
    delayMaxMillis = 5;
    candidates.forEach(each -> each.cutOff = false);
  }
}
