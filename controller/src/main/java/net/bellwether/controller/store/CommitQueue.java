package net.bellwether.controller.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Hands commits to the one thread that writes them. What waits is written together: one sync for
/// all.
final class CommitQueue implements AutoCloseable {
  /// More callers wait at the door.
  private static final int WAITING_MAX = 256;

  /// At 1 MiB a commit, the most memory a batch takes.
  private static final int BATCH_MAX = 64;

  record Request(
      List<Guard> guards,
      List<Operation> operations,
      String operationId,
      CompletableFuture<CommitResult> result) {
    Request {
      guards = List.copyOf(guards);
      operations = List.copyOf(operations);
    }
  }

  /// Writes a batch durably and returns one result a request.
  interface Writer {
    List<CommitResult> write(List<Request> requests);
  }

  private final BlockingQueue<Optional<Request>> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final ReentrantReadWriteLock door = new ReentrantReadWriteLock();
  private final Writer writer;
  private final Thread thread;
  private boolean closed;
  private volatile String failure = "";

  CommitQueue(Writer writer) {
    this.writer = writer;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().start(this::run);
  }

  CommitResult submit(List<Guard> guards, List<Operation> operations, String operationId) {
    Request request = new Request(guards, operations, operationId, new CompletableFuture<>());
    try {
      enter(request);
      return request.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommitResult.Unknown("interrupted while waiting for the disk");
    } catch (ExecutionException e) {
      return new CommitResult.Unknown("the store failed: " + e.getCause());
    }
  }

  private void enter(Request request) throws InterruptedException {
    door.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("store is closed");
      }
      waiting.put(Optional.of(request));
    } finally {
      door.readLock().unlock();
    }
  }

  /// From now on every commit is answered Unknown: what the files hold is no longer known.
  void fail(String reason) {
    failure = reason;
  }

  private void run() {
    boolean open = true;
    while (open) {
      List<Optional<Request>> taken = new ArrayList<>();
      try {
        taken.add(waiting.take());
      } catch (InterruptedException _) {
        // Nobody interrupts this thread, and callers wait for it.
        continue;
      }
      waiting.drainTo(taken, BATCH_MAX - 1);
      open = taken.stream().allMatch(Optional::isPresent);
      answer(taken.stream().flatMap(Optional::stream).toList());
    }
  }

  private void answer(List<Request> requests) {
    if (!failure.isEmpty()) {
      requests.forEach(each -> each.result().complete(new CommitResult.Unknown(failure)));
      return;
    }
    try {
      List<CommitResult> results = writer.write(requests);
      for (int i = 0; i < requests.size(); i++) {
        requests.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      fail("the writer failed: " + e + "; restart the controller");
      requests.forEach(each -> each.result().completeExceptionally(e));
    }
  }

  /// Waits until everything that entered is answered.
  @Override
  public void close() {
    door.writeLock().lock();
    try {
      closed = true;
    } finally {
      door.writeLock().unlock();
    }
    boolean interrupted = false;
    while (true) {
      try {
        waiting.put(Optional.empty());
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
