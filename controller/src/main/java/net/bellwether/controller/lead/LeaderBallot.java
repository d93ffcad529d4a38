package net.bellwether.controller.lead;

import java.util.function.Consumer;

/// What an election needs of the store: leases, and one key that names the leader. Every call waits
/// for its answer, for a bounded time, and throws IllegalStateException where there is none: what
/// was asked for may then have happened or not. Safe for use by many threads.
public interface LeaderBallot {
  /// How the leader's key was found.
  sealed interface Standing {
    /// `endpoint` leads under `term`, as long as the lease lives.
    record Held(String endpoint, long leaseId, long term) implements Standing {}

    /// Nobody leads, at a revision that would have given `term`.
    record Vacant(long term) implements Standing {}

    /// The lease to stand with does not exist.
    record LeaseMissing(long leaseId) implements Standing {}
  }

  /// A new lease.
  long grant(long ttlMillis);

  /// Prolongs the lease by its time to live; false if it does not exist.
  boolean keepAlive(long leaseId);

  /// Puts the leader's key, with the lease and `endpoint`, where other controllers and programs
  /// reach this one, if nobody holds it; tells who holds it then.
  Standing campaign(long leaseId, String endpoint);

  /// Held or Vacant.
  Standing observe();

  /// Revokes the lease and, with it, removes the leader's key where it hangs on it.
  void resign(long leaseId);

  /// Ends the leadership of another controller, if it still is the one under `term`; false if not.
  boolean depose(long term);

  /// Calls `listener`, on a thread of its own, with what becomes of the leader's key, from now
  /// until closed. May miss some: [#observe] now and then.
  Watch watch(Consumer<Standing> listener);

  /// A running watch.
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
