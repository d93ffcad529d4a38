package net.bellwether.controller.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Follows a range of keys from a revision on, on a virtual thread of its own, from member to
/// member: after a failure it goes on behind the last revision that it delivered. The next message
/// is taken when the last one has been dealt with, so a slow sink costs no memory.
///
/// A member that says nothing for [#SILENCE_MAX] is asked for a sign of life and given as long
/// again: a connection that is half open would be silent for good.
final class EtcdWatch implements AutoCloseable {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(2);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  /// Called by the one thread of the watch.
  interface Sink {
    /// All changes that one revision made in the range, in their order.
    void changed(long revision, List<Event> events);

    /// The watch ended other than by `close`.
    void ended(String reason);
  }

  private final EtcdClient client;
  private final ByteString begin;
  private final ByteString end;
  private final Sink sink;
  private long next;
  private EtcdClient.@Nullable WatchStream stream;
  private boolean closed;
  private String endReason = "";

  private EtcdWatch(
      EtcdClient client, ByteString begin, ByteString end, long fromRevision, Sink sink) {
    this.client = client;
    this.begin = begin;
    this.end = end;
    this.next = fromRevision;
    this.sink = sink;
  }

  /// From `begin` to before `end`; of `begin` alone where `end` is empty.
  static EtcdWatch start(
      EtcdClient client, ByteString begin, ByteString end, long fromRevision, Sink sink) {
    EtcdWatch watch = new EtcdWatch(client, begin, end, fromRevision, sink);
    Thread.ofVirtual().name("etcd-watch").start(watch::run);
    return watch;
  }

  private void run() {
    String reason = "";
    while (reason.isEmpty()) {
      reason = follow();
    }
    if (!isClosed()) {
      sink.ended(reason);
    } else if (!endReason.isEmpty()) {
      sink.ended(endReason);
    }
  }

  /// Follows one stream until it fails; empty if another one can go on.
  private String follow() {
    EtcdClient.WatchStream opened = open();
    if (opened == null) {
      return "closed";
    }
    try {
      String reason = listen(opened);
      if (reason.isEmpty()) {
        // Whatever it was, another member may do better, but not in a busy loop.
        opened.failed();
        Thread.sleep(RETRY_DELAY);
      }
      return reason;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the watch was interrupted";
    } catch (RuntimeException | Error e) {
      return "the listener failed: " + e;
    } finally {
      opened.cancel();
    }
  }

  private synchronized EtcdClient.@Nullable WatchStream open() {
    if (closed) {
      return null;
    }
    stream = client.watchStream();
    return stream;
  }

  private String listen(EtcdClient.WatchStream from) throws InterruptedException {
    try {
      from.write(create(), WRITE_TIMEOUT);
      boolean asked = false;
      while (true) {
        WatchResponse response;
        try {
          response = from.read(SILENCE_MAX);
        } catch (TimeoutException _) {
          if (asked) {
            return "";
          }
          from.write(signOfLife(), WRITE_TIMEOUT);
          asked = true;
          continue;
        }
        if (response == null) {
          return "";
        }
        if (response.getCanceled()) {
          return cancelled(response);
        }
        asked = false;
        deliver(response.getEventsList());
      }
    } catch (TimeoutException _) {
      return "";
    } catch (StatusException e) {
      return failed(e.getStatus());
    }
  }

  /// Etcd does not split the changes of a revision over messages unless asked to.
  private void deliver(List<Event> events) {
    int first = 0;
    while (first < events.size()) {
      long revision = events.get(first).getKv().getModRevision();
      List<Event> group = new ArrayList<>();
      int index = first;
      while (index < events.size() && events.get(index).getKv().getModRevision() == revision) {
        group.add(events.get(index++));
      }
      first = index;
      if (revision >= next && !isClosed()) {
        sink.changed(revision, group);
        next = revision + 1;
      }
    }
  }

  private static String cancelled(WatchResponse response) {
    if (response.getCompactRevision() != 0) {
      return "the watch fell behind the kept history; list again";
    }
    return response.getCancelReason().contains("permission denied")
        ? "etcd does not let this controller watch: " + response.getCancelReason()
        : "";
  }

  private String failed(Status status) {
    EtcdFailure failure = EtcdFailure.of(status);
    return switch (failure) {
      case UNCERTAIN -> "";
      case TOO_LONG -> "the watch fell behind by more than one answer holds; list again";
      case COMPACTED, FUTURE, LEASE_MISSING, NO_SPACE, FORBIDDEN, REFUSED ->
          failure.message(client.config(), status);
    };
  }

  private WatchRequest create() {
    return WatchRequest.newBuilder()
        .setCreateRequest(
            WatchCreateRequest.newBuilder().setKey(begin).setRangeEnd(end).setStartRevision(next))
        .build();
  }

  private static WatchRequest signOfLife() {
    return WatchRequest.newBuilder()
        .setProgressRequest(WatchProgressRequest.getDefaultInstance())
        .build();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /// Ends the watch, and tells the sink `reason` unless that is empty.
  synchronized void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    endReason = reason;
    if (stream != null) {
      stream.cancel();
    }
  }

  @Override
  public void close() {
    close("");
  }
}
