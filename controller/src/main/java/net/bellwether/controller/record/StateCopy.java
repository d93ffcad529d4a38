package net.bellwether.controller.record;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a store holds, as last heard of: taken once, then followed by watching. Still there when
/// the store does not answer any more. Safe for use by many threads.
public final class StateCopy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateCopy.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofSeconds(2);

  /// No watch is believed for longer: then everything is taken anew.
  private static final Duration BELIEVED = Duration.ofMinutes(10);

  private record Made(long revision, Snapshot snapshot) {}

  private final StateStore store;
  private final Thread thread = Thread.ofVirtual().name("state-copy").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private SortedMap<String, StateStore.Entry> entries = new TreeMap<>();
  private boolean taken;
  private long revision;
  private @Nullable Made made;
  private boolean rehearsed;

  private StateCopy(StateStore store) {
    this.store = store;
  }

  /// Follows `store` until it is closed, and closes it then.
  public static StateCopy follow(StateStore store) {
    StateCopy copy = new StateCopy(store);
    copy.thread.start();
    return copy;
  }

  /// What readers may see of the state as last heard of; it tells nothing of agents or of what they
  /// measured. Empty before anything was heard, and while a state is being imported.
  public Optional<Snapshot> snapshot() {
    lock.lock();
    try {
      if (taken && (made == null || made.revision() != revision)) {
        made = new Made(revision, read());
      }
      return Optional.ofNullable(made).map(Made::snapshot);
    } catch (IllegalStateException e) {
      LOG.info("the state as last heard of cannot be read: {}", e.getMessage());
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Snapshot read() {
    ControlState state =
        StoredState.read(
            key -> Optional.ofNullable(entries.get(key)),
            prefix -> List.copyOf(entries.subMap(prefix, prefix + Character.MAX_VALUE).values()));
    ControlCore core = new ControlCore(new Remembered(state), System::nanoTime);
    return core.snapshot(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /// Decides nothing: what it is told to keep is gone with it.
  private record Remembered(ControlState load) implements Journal {
    @Override
    public ControlState commit(ControlState before, ControlState after) {
      return after;
    }
  }

  private void run() {
    try {
      while (true) {
        try {
          take();
          follow(System.nanoTime() + BELIEVED.toNanos());
        } catch (RuntimeException e) {
          LOG.debug("the state cannot be followed at present: {}", e.getMessage());
        }
        Thread.sleep(BETWEEN_TRIES);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void take() {
    long at = store.revision();
    SortedMap<String, StateStore.Entry> all = new TreeMap<>();
    String after = "";
    boolean more = true;
    while (more) {
      StateStore.Listing listing = store.list("", after, at, StateStore.LIST_ENTRIES_MAX);
      listing.entries().forEach(entry -> all.put(entry.key(), entry));
      more = listing.more();
      after = more ? listing.entries().getLast().key() : after;
    }
    lock.lock();
    try {
      entries = all;
      revision = at;
      taken = true;
    } finally {
      lock.unlock();
    }
  }

  private void follow(long untilNanos) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    StateStore.Listener listener =
        new StateStore.Listener() {
          @Override
          public void changed(StateStore.Change change) {
            apply(change);
          }

          @Override
          public void ended(String reason) {
            LOG.debug("the watch has ended: {}", reason);
            ended.countDown();
          }
        };
    try (StateStore.Watch _ = store.watch(revision + 1, listener)) {
      do {
        rehearse();
      } while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)
          && System.nanoTime() - untilNanos < 0);
    }
  }

  /// A controller whose first state is the one it takes when it is elected takes long for it: what
  /// reads it is still to be loaded and compiled.
  private void rehearse() {
    if (!rehearsed) {
      rehearsed = snapshot().flatMap(known -> known.state().findTopology()).isPresent();
      forget();
    }
  }

  /// What was made of the state; it is made again for who asks.
  private void forget() {
    lock.lock();
    try {
      made = null;
    } finally {
      lock.unlock();
    }
  }

  private void apply(StateStore.Change change) {
    lock.lock();
    try {
      if (change.revision() <= revision) {
        return;
      }
      for (Operation operation : change.operations()) {
        switch (operation) {
          case Operation.Put put ->
              entries.put(
                  put.key(), new StateStore.Entry(put.key(), put.value(), change.revision()));
          case Operation.Delete delete -> entries.remove(delete.key());
        }
      }
      revision = change.revision();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    store.close();
  }
}
