package net.bellwether.controller.lead;

/// What a [Candidacy] is told. Answers carry what they answer, so one that comes late, twice or out
/// of order does no harm; one that never comes is asked for again.
public sealed interface CandidacyInput {
  /// A lease exists since some time after `sentAtMillis`, when it was asked for.
  record LeaseGranted(long leaseId, long sentAtMillis) implements CandidacyInput {}

  /// The lease was prolonged by its full time to live some time after `sentAtMillis`.
  record LeaseKept(long leaseId, long sentAtMillis) implements CandidacyInput {}

  /// The lease does not exist: it expired or was revoked.
  record LeaseLost(long leaseId) implements CandidacyInput {}

  /// The leader's key was seen to be held by the controller at `endpoint` with the lease `leaseId`,
  /// since the revision that gave `term`. Where that is our own lease, we are elected: by a
  /// campaign that this answers, or by a former one whose answer was lost.
  record HeldBy(String endpoint, long leaseId, long term) implements CandidacyInput {}

  /// The leader's key was seen to be absent at a revision that would have given `term`: whoever led
  /// under it or a lower one does so no more.
  record LeaderGone(long term) implements CandidacyInput {}

  /// No answer, or none that tells anything; what was asked for may have happened or not.
  record RequestFailed(Request request) implements CandidacyInput {}

  /// Time has passed.
  record Tick() implements CandidacyInput {}

  /// Leave, and do not stand again.
  record StepDown() implements CandidacyInput {}

  /// What can fail.
  enum Request {
    GRANT,
    KEEP_ALIVE,
    CAMPAIGN,
    OBSERVE
  }
}
