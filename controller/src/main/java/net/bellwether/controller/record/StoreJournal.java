package net.bellwether.controller.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.bellwether.controller.engine.DeposedException;
import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.KnownAgent;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Guard;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// Keeps the durable state in a `StateStore`. Only what differs is written, guarded by the revision
/// at which this controller last saw it. A change beyond the limits of one commit is written in
/// parts, a session always together with its flow; what a crash between parts leaves out, the
/// controller finds missing when it starts. Not thread-safe.
public final class StoreJournal implements Journal {
  /// Leaves room below the store's own limits.
  private static final int PART_OPERATIONS_MAX = StateStore.OPERATIONS_MAX - 2;

  private static final int PART_BYTES_MAX = StateStore.COMMIT_BYTES_MAX / 2;

  /// Times that an unknown outcome is asked for.
  private static final int SETTLE_TRIES = 3;

  private final StateStore store;
  private final Map<String, Long> revisions = new HashMap<>();
  private long commits;

  /// A commit whose outcome is unknown: its request may still be under way.
  private @Nullable String unsettled;

  public StoreJournal(StateStore store) {
    this.store = store;
  }

  @Override
  public ControlState load() {
    settle();
    revisions.clear();
    long revision = store.revision();
    if (store.get(StateImage.UNFINISHED).isPresent()) {
      throw new IllegalStateException(
          "the import of a state was interrupted: what is there is not whole\nremove the state (the"
              + " directory of the store, or the keys under its prefix in etcd) and import again");
    }
    CompletableFuture<Optional<TopologyInForce>> topology = readTopology(find(Keys.TOPOLOGY));
    long lastNumber =
        find(Keys.COUNTERS).map(e -> Keys.readCounters(e.value().toByteArray())).orElse(0L);
    SequencedMap<FlowId, Session> sessions = new LinkedHashMap<>();
    list(Keys.SESSIONS, revision).entrySet().stream()
        .map(entry -> SessionCode.read(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Session::number))
        .forEach(session -> sessions.put(session.id(), session));
    SequencedMap<FlowId, Flow> flows = new TreeMap<>();
    list(Keys.FLOWS, revision)
        .forEach((key, value) -> {
          Flow flow = FlowCode.read(key, value);
          flows.put(flow.id(), flow);
        });
    SequencedMap<NodeId, KnownAgent> agents = Keys.readAgents(list(Keys.AGENTS, revision));
    return new ControlState(
        join(topology).orElse(null), sessions, flows, agents, lastNumber);
  }

  /// Beside the rest, on another processor: of 5,000 links it takes a new leader as long as
  /// everything else, two thirds of the time with 1,600 sessions.
  private static CompletableFuture<Optional<TopologyInForce>> readTopology(
      Optional<StateStore.Entry> stored) {
    return CompletableFuture.supplyAsync(
        () ->
            stored.map(e -> TopologyCode.read(e.key(), e.value().toByteArray(), e.revision())),
        Thread::startVirtualThread);
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw e;
    }
  }

  /// Uses up the id of a commit whose outcome is unknown. Otherwise it could take effect after the
  /// state was read, and what the controller decides on would not be what is stored.
  private void settle() {
    String operationId = unsettled;
    if (operationId != null) {
      List<Operation> nothing =
          List.of(Operation.put(Keys.SETTLED, operationId.getBytes(StandardCharsets.US_ASCII)));
      revisionOf(store.commit(List.of(), nothing, operationId));
      unsettled = null;
    }
  }

  private Optional<StateStore.Entry> find(String key) {
    Optional<StateStore.Entry> entry = store.get(key);
    entry.ifPresent(e -> revisions.put(key, e.revision()));
    return entry;
  }

  private SequencedMap<String, byte[]> list(String prefix, long revision) {
    SequencedMap<String, byte[]> values = new LinkedHashMap<>();
    String after = "";
    boolean more = true;
    while (more) {
      StateStore.Listing listing = store.list(prefix, after, revision, StateStore.LIST_ENTRIES_MAX);
      for (StateStore.Entry entry : listing.entries()) {
        values.put(entry.key(), entry.value().toByteArray());
        revisions.put(entry.key(), entry.revision());
        after = entry.key();
      }
      more = listing.more();
    }
    return values;
  }

  /// Whether the topology's record fits one commit: text that deflates badly may not.
  public static boolean fits(TopologyInForce topology) {
    return TopologyCode.write(topology).length + Keys.TOPOLOGY.length()
        <= StateStore.COMMIT_BYTES_MAX;
  }

  @Override
  public ControlState commit(ControlState before, ControlState after) {
    long topologyRevision = 0;
    for (List<Operation> part : parts(Keys.changes(before, after))) {
      long revision = commit(part);
      if (part.stream().anyMatch(operation -> operation.key().equals(Keys.TOPOLOGY))) {
        topologyRevision = revision;
      }
    }
    @Nullable TopologyInForce topology = after.topology();
    return topology == null || topologyRevision == 0
        ? after
        : after.with(
            new TopologyInForce(
                topology.document(),
                topology.documentName(),
                topology.network(),
                topologyRevision));
  }

  private long commit(List<Operation> part) {
    List<Guard> guards =
        part.stream()
            .map(operation ->
                new Guard(operation.key(), revisions.getOrDefault(operation.key(), 0L)))
            .toList();
    String operationId = "t" + store.term() + "-" + ++commits;
    CommitResult result = store.commit(guards, part, operationId);
    for (int tries = 1; tries < SETTLE_TRIES && result instanceof CommitResult.Unknown; tries++) {
      result = store.commit(guards, part, operationId);
    }
    unsettled = result instanceof CommitResult.Unknown ? operationId : null;
    long revision = revisionOf(result);
    for (Operation operation : part) {
      switch (operation) {
        case Operation.Put put -> revisions.put(put.key(), revision);
        case Operation.Delete delete -> revisions.remove(delete.key());
      }
    }
    return revision;
  }

  /// Of a commit that took effect; an exception says why another did not.
  private static long revisionOf(CommitResult result) {
    return switch (result) {
      case CommitResult.Committed committed -> committed.revision();
      case CommitResult.Conflict conflict ->
          throw new IllegalStateException(
              "key %s (revision %d) was changed by another writer, to revision %d"
                  .formatted(
                      conflict.guard().key(),
                      conflict.guard().revision(),
                      conflict.actualRevision()));
      case CommitResult.Deposed deposed ->
          throw new DeposedException(
              deposed.actual() == 0
                  ? "this controller no longer leads, and nobody else does"
                  : "another controller leads, since revision " + deposed.actual());
      case CommitResult.Unknown unknown ->
          throw new IllegalStateException("the store does not answer: " + unknown.reason());
    };
  }

  private static List<List<Operation>> parts(List<Operation> changes) {
    List<List<Operation>> parts = new ArrayList<>();
    List<Operation> part = new ArrayList<>();
    long bytes = 0;
    for (Operation operation : changes) {
      long size = size(operation);
      boolean full = part.size() >= PART_OPERATIONS_MAX || bytes + size > PART_BYTES_MAX;
      if (full && !part.isEmpty() && !belongTogether(part.getLast(), operation)) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(operation);
      bytes += size;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  /// A session and its flow.
  private static boolean belongTogether(Operation one, Operation next) {
    return one.key().startsWith(Keys.SESSIONS)
        && next.key().equals(Keys.FLOWS + one.key().substring(Keys.SESSIONS.length()));
  }

  private static long size(Operation operation) {
    return (long) operation.key().length()
        + switch (operation) {
          case Operation.Put put -> put.value().size();
          case Operation.Delete _ -> 0;
        };
  }
}
