package net.bellwether.controller.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides the commits of one batch, each on top of those before it, without changing anything.
final class CommitBatch {
  private final History history;
  private final List<LogRecord> records = new ArrayList<>();
  private final List<CommitResult> results = new ArrayList<>();

  /// Last change of the keys that the batch touches; 0 where it deletes them.
  private final Map<String, Long> revisionOfKey = new HashMap<>();

  private final Map<String, Long> revisionOfOperation = new HashMap<>();

  private CommitBatch(History history) {
    this.history = history;
  }

  static CommitBatch of(History history, List<CommitQueue.Request> requests) {
    CommitBatch batch = new CommitBatch(history);
    for (CommitQueue.Request request : requests) {
      batch.results.add(batch.decide(request));
    }
    return batch;
  }

  /// What must be durable before any of the results may be given.
  List<LogRecord> records() {
    return records;
  }

  /// One a request, in their order.
  List<CommitResult> results() {
    return results;
  }

  /// The results if the records did not become durable: even a conflict may rest on one of them.
  List<CommitResult> resultsWithout(String reason) {
    return results.stream().<CommitResult>map(_ -> new CommitResult.Unknown(reason)).toList();
  }

  private CommitResult decide(CommitQueue.Request request) {
    Optional<Long> former = former(request.operationId());
    if (former.isPresent()) {
      return new CommitResult.Committed(former.get());
    }
    for (Guard guard : request.guards()) {
      long actual = revisionOf(guard.key());
      if (actual != guard.revision()) {
        return new CommitResult.Conflict(guard, actual);
      }
    }
    add(request);
    return new CommitResult.Committed(records.getLast().revision());
  }

  private Optional<Long> former(String operationId) {
    Long pending = revisionOfOperation.get(operationId);
    if (pending != null) {
      return Optional.of(pending);
    }
    OptionalLong durable = history.findRevisionOfOperation(operationId);
    return durable.isPresent() ? Optional.of(durable.getAsLong()) : Optional.empty();
  }

  private long revisionOf(String key) {
    Long pending = revisionOfKey.get(key);
    return pending != null ? pending : history.find(key).map(StateStore.Entry::revision).orElse(0L);
  }

  private void add(CommitQueue.Request request) {
    ByteString chain = records.isEmpty() ? history.chain() : records.getLast().chain();
    long revision = history.revision() + records.size() + 1;
    records.add(
        LogRecord.after(
            chain, revision, history.term(), request.operationId(), request.operations()));
    revisionOfOperation.put(request.operationId(), revision);
    for (Operation operation : request.operations()) {
      revisionOfKey.put(
          operation.key(),
          switch (operation) {
            case Operation.Put _ -> revision;
            case Operation.Delete _ -> 0L;
          });
    }
  }
}
