package net.bellwether.simulation.fault.control;

import net.bellwether.controller.lead.Candidacy;
import net.bellwether.controller.lead.CandidacyInput;
import net.bellwether.controller.lead.CandidacyOutput;
import net.bellwether.controller.lead.CandidacyTiming;
import net.bellwether.controller.lead.LeaderElection;
import net.bellwether.simulation.fault.store.Ballot;
import net.bellwether.simulation.fault.world.Host;

/// Stands in the election, as [LeaderElection] does with threads: one that decides, one for every
/// request, and notices to the listener in order.
final class Standing {
  private final Host host;
  private final Ballot ballot;
  private final String endpoint;
  private final LeaderElection.Listener listener;
  private final Candidacy candidacy;
  private final Runnable unwatch;

  Standing(Host host, Ballot ballot, String endpoint, LeaderElection.Listener listener) {
    this.host = host;
    this.ballot = ballot;
    this.endpoint = endpoint;
    this.listener = listener;
    this.candidacy = new Candidacy(CandidacyTiming.STANDARD, host.clockMillis());
    this.unwatch = ballot.watch(this::take);
  }

  void begin() {
    take(new CandidacyInput.Tick());
  }

  /// The process is gone.
  void forget() {
    unwatch.run();
  }

  void stepDown() {
    take(new CandidacyInput.StepDown());
  }

  private void take(CandidacyInput input) {
    for (CandidacyOutput output : candidacy.handle(input, host.clockMillis())) {
      perform(output);
    }
    long wakeAt = candidacy.wakeAtMillis();
    if (wakeAt != Long.MAX_VALUE) {
      host.besideAfter(
          Math.max(1, wakeAt - host.clockMillis()),
          () -> {
            if (host.clockMillis() >= candidacy.wakeAtMillis()) {
              take(new CandidacyInput.Tick());
            }
          });
    }
  }

  private void perform(CandidacyOutput output) {
    long sentAt = host.clockMillis();
    switch (output) {
      case CandidacyOutput.GrantLease _ ->
          ballot.grant(CandidacyTiming.STANDARD.ttlMillis(), sentAt, this::take);
      case CandidacyOutput.KeepAlive(long lease) -> ballot.keepAlive(lease, sentAt, this::take);
      case CandidacyOutput.Campaign(long lease) -> ballot.campaign(lease, endpoint, this::take);
      case CandidacyOutput.Observe _ -> ballot.observe(this::take);
      case CandidacyOutput.Resign(long lease) -> ballot.resign(lease);
      case CandidacyOutput.BecomeLeader(long term) -> listener.led(term);
      case CandidacyOutput.Fenced(String reason) -> listener.fenced(reason);
      case CandidacyOutput.Follow(String leader) -> listener.following(leader);
      case CandidacyOutput.Leaderless _ -> listener.leaderless();
    }
  }
}
