package net.bellwether.agent.kept;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ReceivePairsResponse;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// The halves of one session, and the stream on which its application reads them. Not safe for use
/// by several threads.
final class Desk {
  /// Halves that wait for the application to read; more than a node's memory holds for half a
  /// second at the rates of any scenario.
  static final int UNREAD_MAX = 4_096;

  final Application application;
  private final SequencedMap<PairId, KeptHalf> held = new LinkedHashMap<>();
  private final SequencedMap<PairId, KeptHalf> unread = new LinkedHashMap<>();
  private @Nullable ServerCallStreamObserver<ReceivePairsResponse> reader;
  private long unreadCount;

  Desk(Application application) {
    this.application = application;
  }

  /// Another stream of the application; a former one ends.
  void read(ServerCallStreamObserver<ReceivePairsResponse> stream) {
    if (reader != null) {
      reader.onError(
          RpcErrors.of(Status.Code.ABORTED, "a newer stream reads the pairs of this session"));
    }
    reader = stream;
  }

  /// The stream has ended; returns what nobody has read on it.
  List<PairId> left(ServerCallStreamObserver<ReceivePairsResponse> stream) {
    if (!stream.equals(reader)) {
      return List.of();
    }
    reader = null;
    return takeUnread();
  }

  private List<PairId> takeUnread() {
    List<PairId> taken = new ArrayList<>(unread.keySet());
    unreadCount += taken.size();
    unread.clear();
    taken.forEach(held::remove);
    return taken;
  }

  /// Whether the half waits to be read; otherwise there is nobody to read it, or too much waits.
  boolean add(KeptHalf half) {
    if (reader == null || unread.size() >= UNREAD_MAX) {
      unreadCount++;
      return false;
    }
    held.put(half.pair(), half);
    unread.put(half.pair(), half);
    return true;
  }

  void forget(PairId pair) {
    held.remove(pair);
    unread.remove(pair);
  }

  Optional<KeptHalf> find(PairId pair) {
    return Optional.ofNullable(held.get(pair));
  }

  /// Sends what the stream takes.
  void drain(NetworkTime now) {
    var stream = reader;
    while (stream != null && !unread.isEmpty() && stream.isReady() && !stream.isCancelled()) {
      KeptHalf next = unread.pollFirstEntry().getValue();
      stream.onNext(
          ReceivePairsResponse.newBuilder()
              .setPair(Handles.of(next, now).setUnreadCount(unreadCount))
              .build());
    }
  }

  /// The session is no more; returns what is still held.
  List<PairId> close() {
    if (reader != null) {
      reader.onCompleted();
      reader = null;
    }
    unread.clear();
    List<PairId> rest = new ArrayList<>(held.keySet());
    held.clear();
    return rest;
  }
}
