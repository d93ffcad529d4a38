package net.bellwether.controller.lead;

/// What a [Candidacy] wants done, in this order. Requests are answered by a [CandidacyInput], if at
/// all.
public sealed interface CandidacyOutput {
  /// Ask for a lease: LeaseGranted or RequestFailed.
  record GrantLease() implements CandidacyOutput {}

  /// Prolong the lease: LeaseKept, LeaseLost or RequestFailed.
  record KeepAlive(long leaseId) implements CandidacyOutput {}

  /// Put the leader's key with this lease if it is absent: HeldBy (ourselves or another), LeaseLost
  /// or RequestFailed.
  record Campaign(long leaseId) implements CandidacyOutput {}

  /// Look who holds the leader's key: HeldBy, LeaderGone or RequestFailed.
  record Observe() implements CandidacyOutput {}

  /// Revoke the lease, and the leader's key with it; needs no answer.
  record Resign(long leaseId) implements CandidacyOutput {}

  /// Begin to decide, under `term`.
  record BecomeLeader(long term) implements CandidacyOutput {}

  /// Stop to decide, at once and before anything that follows.
  record Fenced(String reason) implements CandidacyOutput {}

  /// Another controller leads.
  record Follow(String endpoint) implements CandidacyOutput {}

  /// Nobody is known to lead.
  record Leaderless() implements CandidacyOutput {}
}
