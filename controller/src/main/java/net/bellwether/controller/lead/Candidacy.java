package net.bellwether.controller.lead;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bellwether.controller.lead.CandidacyInput.Request;

/// One controller's part in the election of a leader, as a state machine: no clock, no thread, no
/// store. Whoever runs it carries out the outputs, hands in what comes back, and hands in a Tick
/// when [#wakeAtMillis] is reached. Times are monotonic milliseconds of that controller alone.
///
/// It holds a lease at all times and, with it, puts the leader's key where nobody holds it. A
/// leader fences itself when [CandidacyTiming#fenceMillis] have passed since it *sent* the last
/// keep-alive that was acknowledged: the lease lives at least its time to live from then on, so
/// nobody else can have been elected yet, as long as clocks run alike to within a third. Terms rise
/// from leader to leader, so what is seen out of order is told apart by its term.
///
/// Between a BecomeLeader and the next Fenced this controller decides; both always alternate. A
/// process that is paused runs no fence: writes are guarded by the leader's key besides, and agents
/// refuse lower terms.
public final class Candidacy {
  private static final long NEVER = Long.MAX_VALUE;

  private final CandidacyTiming timing;

  /// When each request may be sent (again); each has an entry.
  private final Map<Request, Long> dueAtMillis = new EnumMap<>(Request.class);

  private boolean stopped;

  /// 0 without a lease.
  private long leaseId;

  /// When the last acknowledged request for the lease was sent.
  private long acknowledgedMillis;

  /// Own term while leading, else 0.
  private long term;

  /// The lease given up last; the leader's key may still hang on it.
  private long formerLeaseId;

  /// Highest term seen, of a leader or of a vacancy.
  private long seenTerm;

  /// Whether somebody holds the key, as far as is known.
  private boolean held;

  /// What was reported last: the leader's endpoint, empty for none.
  private String reported = "";

  public Candidacy(CandidacyTiming timing, long nowMillis) {
    this.timing = timing;
    for (Request request : Request.values()) {
      due(request, nowMillis);
    }
    // A campaign tells as much.
    due(Request.OBSERVE, nowMillis + timing.observeMillis());
  }

  /// Own term while leading, else 0.
  public long term() {
    return term;
  }

  /// While leading: when the leadership ends unless a keep-alive is acknowledged before. A thread
  /// that acts for the leader may look at the clock itself, in case the machine lags behind.
  public long leadsUntilMillis() {
    return term == 0 ? Long.MIN_VALUE : acknowledgedMillis + timing.fenceMillis();
  }

  /// When the next Tick is needed, if nothing else comes before.
  public long wakeAtMillis() {
    if (stopped) {
      return NEVER;
    }
    long wake = dueAt(Request.OBSERVE);
    if (leaseId == 0) {
      return Math.min(wake, dueAt(Request.GRANT));
    }
    wake = Math.min(wake, dueAt(Request.KEEP_ALIVE));
    wake = Math.min(wake, acknowledgedMillis + timing.fenceMillis());
    return mayCampaign() ? Math.min(wake, dueAt(Request.CAMPAIGN)) : wake;
  }

  /// Takes one input at `nowMillis`, which never falls from call to call.
  public List<CandidacyOutput> handle(CandidacyInput input, long nowMillis) {
    List<CandidacyOutput> out = new ArrayList<>();
    if (stopped) {
      leaveBehind(input, out);
      return out;
    }
    switch (input) {
      case CandidacyInput.LeaseGranted granted -> granted(granted, nowMillis, out);
      case CandidacyInput.LeaseKept kept -> kept(kept);
      case CandidacyInput.LeaseLost lost -> {
        if (lost.leaseId() == leaseId) {
          dropLease("the lease expired or was revoked", nowMillis, out);
        }
      }
      case CandidacyInput.HeldBy holder -> heldBy(holder, nowMillis, out);
      case CandidacyInput.LeaderGone gone -> gone(gone, nowMillis, out);
      case CandidacyInput.RequestFailed failed ->
          due(failed.request(), nowMillis + timing.retryMillis());
      case CandidacyInput.Tick _ -> {}
      case CandidacyInput.StepDown _ -> {
        stepDown(out);
        return out;
      }
    }
    decide(nowMillis, out);
    return out;
  }

  private void decide(long nowMillis, List<CandidacyOutput> out) {
    if (leaseId != 0 && nowMillis >= acknowledgedMillis + timing.fenceMillis()) {
      dropLease(
          "no keep-alive was acknowledged for " + (nowMillis - acknowledgedMillis) + " ms",
          nowMillis,
          out);
    }
    if (leaseId == 0) {
      request(Request.GRANT, new CandidacyOutput.GrantLease(), nowMillis, out);
    } else {
      request(Request.KEEP_ALIVE, new CandidacyOutput.KeepAlive(leaseId), nowMillis, out);
      if (mayCampaign()) {
        request(Request.CAMPAIGN, new CandidacyOutput.Campaign(leaseId), nowMillis, out);
      }
    }
    request(Request.OBSERVE, new CandidacyOutput.Observe(), nowMillis, out);
  }

  private boolean mayCampaign() {
    return term == 0 && !held;
  }

  private void due(Request request, long atMillis) {
    dueAtMillis.put(request, atMillis);
  }

  private long dueAt(Request request) {
    return Objects.requireNonNull(dueAtMillis.get(request));
  }

  private void request(
      Request request, CandidacyOutput output, long nowMillis, List<CandidacyOutput> out) {
    if (nowMillis >= dueAt(request)) {
      due(request, nowMillis + timing.answerMillis());
      out.add(output);
    }
  }

  private void granted(
      CandidacyInput.LeaseGranted granted, long nowMillis, List<CandidacyOutput> out) {
    if (leaseId != 0) {
      if (leaseId != granted.leaseId()) {
        out.add(new CandidacyOutput.Resign(granted.leaseId()));
      }
      return;
    }
    leaseId = granted.leaseId();
    acknowledgedMillis = granted.sentAtMillis();
    due(Request.KEEP_ALIVE, granted.sentAtMillis() + timing.keepAliveMillis());
    due(Request.CAMPAIGN, nowMillis);
  }

  private void kept(CandidacyInput.LeaseKept kept) {
    if (kept.leaseId() == leaseId && kept.sentAtMillis() > acknowledgedMillis) {
      acknowledgedMillis = kept.sentAtMillis();
      due(Request.KEEP_ALIVE, kept.sentAtMillis() + timing.keepAliveMillis());
    }
  }

  private void heldBy(CandidacyInput.HeldBy holder, long nowMillis, List<CandidacyOutput> out) {
    observed(nowMillis);
    if (holder.term() < seenTerm) {
      return;
    }
    seenTerm = holder.term();
    if (holder.leaseId() == leaseId) {
      held = true;
      lead(holder.term(), nowMillis, out);
      return;
    }
    dropLeadership("another controller leads under term " + holder.term(), nowMillis, out);
    held = true;
    if (holder.leaseId() == formerLeaseId) {
      // Our own past, which nobody prolongs: make way at once.
      out.add(new CandidacyOutput.Resign(formerLeaseId));
      report("", out);
    } else {
      report(holder.endpoint(), out);
    }
  }

  private void lead(long newTerm, long nowMillis, List<CandidacyOutput> out) {
    if (term == newTerm || nowMillis >= acknowledgedMillis + timing.fenceMillis()) {
      // Known; or the fence has passed, and the lease is given up next.
      return;
    }
    term = newTerm;
    reported = "";
    out.add(new CandidacyOutput.BecomeLeader(term));
  }

  private void gone(CandidacyInput.LeaderGone gone, long nowMillis, List<CandidacyOutput> out) {
    observed(nowMillis);
    if (gone.term() < seenTerm) {
      return;
    }
    seenTerm = gone.term();
    dropLeadership("the leader's key is gone", nowMillis, out);
    if (held) {
      held = false;
      due(Request.CAMPAIGN, nowMillis);
    }
    report("", out);
  }

  private void observed(long nowMillis) {
    due(Request.OBSERVE, nowMillis + timing.observeMillis());
  }

  private void report(String endpoint, List<CandidacyOutput> out) {
    if (!reported.equals(endpoint)) {
      reported = endpoint;
      out.add(
          endpoint.isEmpty()
              ? new CandidacyOutput.Leaderless()
              : new CandidacyOutput.Follow(endpoint));
    }
  }

  /// Ends our own leadership, if there is one, and what it rested on.
  private void dropLeadership(String reason, long nowMillis, List<CandidacyOutput> out) {
    if (term != 0) {
      dropLease(reason, nowMillis, out);
    }
  }

  private void dropLease(String reason, long nowMillis, List<CandidacyOutput> out) {
    formerLeaseId = leaseId;
    leaseId = 0;
    due(Request.GRANT, nowMillis);
    if (term != 0) {
      term = 0;
      held = false;
      out.add(new CandidacyOutput.Fenced(reason));
    }
  }

  private void stepDown(List<CandidacyOutput> out) {
    stopped = true;
    if (term != 0) {
      term = 0;
      out.add(new CandidacyOutput.Fenced("this controller steps down"));
    }
    if (leaseId != 0) {
      out.add(new CandidacyOutput.Resign(leaseId));
      leaseId = 0;
    }
  }

  /// After stepping down: a lease that was still on its way must not remain.
  private static void leaveBehind(CandidacyInput input, List<CandidacyOutput> out) {
    if (input instanceof CandidacyInput.LeaseGranted granted) {
      out.add(new CandidacyOutput.Resign(granted.leaseId()));
    }
  }
}
