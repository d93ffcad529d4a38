package net.bellwether.controller.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The durable state in memory: every key with its versions since `baseRevision`, and the records
/// since then. Reads come from here, so a file that is damaged while in use cannot turn into wrong
/// answers. Not safe for use by several threads.
final class History {
  /// A key's value from `revision` on; without one it was deleted.
  private record Version(long revision, @Nullable ByteString value) {}

  /// State at the beginning of the kept history.
  record Base(long revision, ByteString chain, List<StateStore.Entry> entries) {
    Base {
      entries = List.copyOf(entries);
    }
  }

  private final TreeMap<String, List<Version>> keys = new TreeMap<>();
  private final List<LogRecord> records = new ArrayList<>();
  private final Map<String, Long> revisionOfOperation = new HashMap<>();
  private long baseRevision;
  private ByteString baseChain;
  private long recordBytes;
  private long stateBytes;

  History(Base base) {
    baseRevision = base.revision();
    baseChain = base.chain();
    for (StateStore.Entry entry : base.entries()) {
      versions(entry.key()).add(new Version(entry.revision(), entry.value()));
      stateBytes += bytes(entry);
    }
  }

  long baseRevision() {
    return baseRevision;
  }

  long revision() {
    return baseRevision + records.size();
  }

  long term() {
    return records.isEmpty() ? 0 : records.getLast().term();
  }

  ByteString chain() {
    return records.isEmpty() ? baseChain : records.getLast().chain();
  }

  /// Chain hash at a kept revision.
  ByteString chainAt(long revision) {
    return revision == baseRevision ? baseChain : record(revision).chain();
  }

  LogRecord record(long revision) {
    return records.get(Math.toIntExact(revision - baseRevision - 1));
  }

  /// Bytes of the present keys and values.
  long stateBytes() {
    return stateBytes;
  }

  OptionalLong findRevisionOfOperation(String operationId) {
    Long revision = revisionOfOperation.get(operationId);
    return revision == null ? OptionalLong.empty() : OptionalLong.of(revision);
  }

  void apply(LogRecord record) {
    if (record.revision() != revision() + 1) {
      throw new IllegalArgumentException(
          "revision (" + record.revision() + ") must be " + (revision() + 1));
    }
    records.add(record);
    recordBytes += record.bytes();
    if (!record.operationId().isEmpty()) {
      revisionOfOperation.put(record.operationId(), record.revision());
    }
    for (Operation operation : record.operations()) {
      stateBytes -= find(operation.key()).map(History::bytes).orElse(0L);
      switch (operation) {
        case Operation.Put put -> {
          versions(put.key()).add(new Version(record.revision(), put.value()));
          stateBytes += StoreLimits.bytes(put);
        }
        case Operation.Delete delete -> {
          if (keys.containsKey(delete.key())) {
            versions(delete.key()).add(new Version(record.revision(), null));
          }
        }
      }
    }
  }

  private static long bytes(StateStore.Entry entry) {
    return (long) entry.key().length() + entry.value().size();
  }

  private List<Version> versions(String key) {
    return keys.computeIfAbsent(key, _ -> new ArrayList<>(1));
  }

  Optional<StateStore.Entry> find(String key) {
    List<Version> versions = keys.get(key);
    return versions == null ? Optional.empty() : entryAt(key, versions, revision());
  }

  private static Optional<StateStore.Entry> entryAt(
      String key, List<Version> versions, long revision) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      Version version = versions.get(i);
      if (version.revision() <= revision) {
        return version.value() == null
            ? Optional.empty()
            : Optional.of(new StateStore.Entry(key, version.value(), version.revision()));
      }
    }
    return Optional.empty();
  }

  StateStore.Listing list(String prefix, String after, long revision, int limit) {
    boolean fromAfter = after.compareTo(prefix) >= 0;
    SequencedMap<String, List<Version>> tail =
        fromAfter ? keys.tailMap(after, false) : keys.tailMap(prefix, true);
    List<StateStore.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, List<Version>> each : tail.entrySet()) {
      if (!each.getKey().startsWith(prefix)) {
        break;
      }
      Optional<StateStore.Entry> entry = entryAt(each.getKey(), each.getValue(), revision);
      if (entry.isPresent() && entries.size() == limit) {
        return new StateStore.Listing(entries, revision, true);
      }
      entry.ifPresent(entries::add);
    }
    return new StateStore.Listing(entries, revision, false);
  }

  /// The revision up to which history should be folded into the base, if it has grown enough.
  OptionalLong findFold(Retention retention) {
    if (records.size() <= 2L * retention.revisions() && recordBytes <= 2 * retention.bytes()) {
      return OptionalLong.empty();
    }
    int kept = 0;
    long bytes = 0;
    // The last record always stays: it holds the term.
    for (int i = records.size() - 1; i >= 0 && kept < retention.revisions(); i--) {
      bytes += records.get(i).bytes();
      if (kept > 0 && bytes > retention.bytes()) {
        break;
      }
      kept++;
    }
    return OptionalLong.of(revision() - kept);
  }

  /// Keys that the records up to `revision` changed.
  Set<String> keysChangedUntil(long revision) {
    Set<String> changed = new LinkedHashSet<>();
    for (LogRecord record : records.subList(0, Math.toIntExact(revision - baseRevision))) {
      record.operations().forEach(operation -> changed.add(operation.key()));
    }
    return changed;
  }

  Optional<StateStore.Entry> findAt(String key, long revision) {
    List<Version> versions = keys.get(key);
    return versions == null ? Optional.empty() : entryAt(key, versions, revision);
  }

  /// The state that folding up to `revision` would begin with.
  Base baseAt(long revision) {
    return new Base(
        revision, chainAt(revision), list("", "", revision, Integer.MAX_VALUE).entries());
  }

  /// Forgets what happened until `revision` but for its outcome.
  void fold(long revision) {
    Set<String> changed = keysChangedUntil(revision);
    baseChain = chainAt(revision);
    List<LogRecord> folded = records.subList(0, Math.toIntExact(revision - baseRevision));
    for (LogRecord record : folded) {
      recordBytes -= record.bytes();
      revisionOfOperation.remove(record.operationId(), record.revision());
    }
    folded.clear();
    baseRevision = revision;
    for (String key : changed) {
      forget(key, revision);
    }
  }

  private void forget(String key, long revision) {
    List<Version> versions = keys.get(key);
    if (versions == null) {
      return;
    }
    while (versions.size() > 1 && versions.get(1).revision() <= revision) {
      versions.removeFirst();
    }
    if (versions.getFirst().revision() <= revision && versions.getFirst().value() == null) {
      versions.removeFirst();
    }
    if (versions.isEmpty()) {
      keys.remove(key);
    }
  }
}
