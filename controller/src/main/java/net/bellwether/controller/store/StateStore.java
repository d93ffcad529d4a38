package net.bellwether.controller.store;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/// Ordered keys under one revision. Every commit is atomic, has a revision of its own, and is
/// durable before it is acknowledged; a reader sees only what is durable. History is kept for a
/// bounded number of revisions ([RevisionCompactedException] beyond). Safe for use by many threads.
public interface StateStore extends AutoCloseable {
  /// Longest key; keys are printable ASCII without spaces, so that every store orders them alike.
  int KEY_CHARACTERS_MAX = 512;

  /// Longest name of an operation.
  int OPERATION_ID_CHARACTERS_MAX = 128;

  /// Most operations, and most guards, of a commit: etcd allows 128 comparisons or operations, and
  /// two of them stand for the operation id and the leadership. A larger change is written in parts
  /// and flips one pointer key.
  int OPERATIONS_MAX = 126;

  /// Most bytes of keys and values in a commit (below etcd's limit of 1.5 MiB a request).
  int COMMIT_BYTES_MAX = 1 << 20;

  /// Most entries of one listing.
  int LIST_ENTRIES_MAX = 10_000;

  /// A key as it stood at some revision; `revision` is that of its last change.
  record Entry(String key, ByteString value, long revision) {}

  /// Entries in the order of their keys, as of `revision`; `more` if the limit left some out.
  record Listing(List<Entry> entries, long revision, boolean more) {
    public Listing {
      entries = List.copyOf(entries);
    }
  }

  /// One commit, as seen by a watcher.
  record Change(long revision, List<Operation> operations) {
    public Change {
      operations = List.copyOf(operations);
    }
  }

  /// Called by one thread of the watch, never twice at once.
  interface Listener {
    /// The next commit; revisions rise and none is left out (those without operations excepted, and
    /// those that only remove absent keys, where the store does not keep them).
    void changed(Change change);

    /// The watch ended other than by its own `close`: the store closed, the listener threw, or it
    /// fell behind the kept history and has to list again.
    void ended(String reason);
  }

  /// A running watch.
  interface Watch extends AutoCloseable {
    /// Ends the watch; a call in progress may still finish.
    @Override
    void close();
  }

  /// The key's present entry, if there is one.
  Optional<Entry> get(String key);

  /// The entries whose keys begin with `prefix` and come after `after`, as of `atRevision` (0 for
  /// the present), at most `limit` (1 to [#LIST_ENTRIES_MAX]).
  ///
  /// @throws RevisionCompactedException if history no longer reaches back to `atRevision`
  Listing list(String prefix, String after, long atRevision, int limit);

  /// [#list(String, String, long, int)] from the first key on.
  default Listing list(String prefix, long atRevision, int limit) {
    return list(prefix, "", atRevision, limit);
  }

  /// Applies `operations` if every guard holds. Waits until the outcome is durable. Committing an
  /// `operationId` again, while the store remembers it (each says how long), changes nothing and
  /// returns the former result: so an unknown outcome is settled by asking again.
  ///
  /// @throws IllegalArgumentException naming the limit that the commit breaks
  CommitResult commit(List<Guard> guards, List<Operation> operations, String operationId);

  /// Calls `listener` with every commit from `fromRevision` on, past ones first.
  ///
  /// @throws RevisionCompactedException if history no longer reaches back to `fromRevision`
  Watch watch(long fromRevision, Listener listener);

  /// Revision of the last durable commit.
  long revision();

  /// Number of this leadership: rises durably from one to the next. 0 where this store was opened
  /// without one, which only a store can be that several controllers share.
  long term();

  @Override
  void close();
}
