package net.bellwether.controller.store;

/// What a commit came to.
public sealed interface CommitResult {
  /// Durable, at `revision`.
  record Committed(long revision) implements CommitResult {}

  /// Nothing changed: `guard` did not hold, its key's last change was at `actualRevision` (0 if it
  /// does not exist).
  record Conflict(Guard guard, long actualRevision) implements CommitResult {}

  /// Applied or not: commit the same operation id again to learn which.
  record Unknown(String reason) implements CommitResult {}

  /// Nothing changed, and nothing will: another leads, since `actual`, the revision that made it
  /// leader (0 if nobody does). Only of a store that several controllers share.
  record Deposed(long actual) implements CommitResult {}
}
