package net.bellwether.controller.lead;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.store.StateStore;
import net.bellwether.wire.Relay;
import org.jspecify.annotations.Nullable;

/// Who decides, as this controller knows: its own engine, another controller, or nobody for now.
/// Safe for use by many threads.
public final class Office implements Relay.Directory, AutoCloseable {
  /// How long a call waits for somebody to lead: as long as a lease outlives its holder, and some.
  public static final Duration PATIENCE = Duration.ofSeconds(8);

  /// What decides here, for as long as `inForce` says so.
  private record Own(ControlEngine engine, StateStore store, BooleanSupplier inForce) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Supplier<Optional<Snapshot>> memory;
  private @Nullable Own own;
  private @Nullable ManagedChannel leader;
  private String vacancy = "no controller leads yet";
  private long vacantSinceNanos = System.nanoTime();

  /// Since when, where the leader cannot be reached.
  private @Nullable Long unreachableSinceNanos;

  private boolean closed;

  /// `memory` is what this controller last knew of the network's state while it does not lead.
  public Office(Supplier<Optional<Snapshot>> memory) {
    this.memory = memory;
  }

  /// The engine that decides here.
  ///
  /// @throws ControlEngine.UnavailableException where this controller does not lead
  public ControlEngine engine() {
    return findEngine().orElseThrow(Office::notLeading);
  }

  /// The engine that decides, where this controller leads.
  public Optional<ControlEngine> findEngine() {
    return findOwn().map(Own::engine);
  }

  /// What the caller may see: as decided here where this controller leads; as it last knew, where
  /// the call is answered from memory, and marked so.
  ///
  /// @throws ControlEngine.UnavailableException where there is neither
  public Snapshot snapshot() {
    return findEngine()
        .map(ControlEngine::snapshot)
        .or(() -> Relay.answersFromMemory() ? memory.get() : Optional.empty())
        .orElseThrow(Office::notLeading);
  }

  /// Whether another controller leads, as far as is known.
  public boolean knowsLeader() {
    lock.lock();
    try {
      return leader != null;
    } finally {
      lock.unlock();
    }
  }

  /// The store of the engine that decides here.
  ///
  /// @throws ControlEngine.UnavailableException where this controller does not lead
  public StateStore store() {
    return findOwn().map(Own::store).orElseThrow(Office::notLeading);
  }

  /// A leader that was paused knows by its clock that it leads no more before anybody tells it, and
  /// is not to answer from what it knew.
  private Optional<Own> findOwn() {
    lock.lock();
    try {
      return Optional.ofNullable(own).filter(each -> each.inForce().getAsBoolean());
    } finally {
      lock.unlock();
    }
  }

  private static ControlEngine.UnavailableException notLeading() {
    return new ControlEngine.UnavailableException("this controller does not lead", null);
  }

  /// This controller leads, with `engine` over `store`, for as long as `inForce` says so.
  public void lead(ControlEngine engine, StateStore store, BooleanSupplier inForce) {
    change(new Own(engine, store, inForce), null, "");
  }

  /// The controller at the end of `channel` leads.
  public void follow(ManagedChannel channel) {
    change(null, channel, "");
  }

  /// Nobody leads, as `reason` says to callers.
  public void vacate(String reason) {
    change(null, null, reason);
  }

  private void change(
      @Nullable Own leading, @Nullable ManagedChannel elsewhere, String newVacancy) {
    lock.lock();
    try {
      if (own != null || leader != null) {
        vacantSinceNanos = System.nanoTime();
      }
      unreachableSinceNanos = null;
      own = leading;
      leader = elsewhere;
      vacancy = newVacancy;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Relay.Place place() throws InterruptedException {
    long nanos = PATIENCE.toNanos();
    lock.lockInterruptibly();
    try {
      while (findOwn().isEmpty() && leader == null && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      ManagedChannel elsewhere = leader;
      if (findOwn().isPresent()) {
        return new Relay.Place.Here();
      }
      if (closed) {
        return new Relay.Place.Nowhere("the controller is stopping");
      }
      if (elsewhere == null) {
        return vacant(vacancy, vacantSinceNanos);
      }
      if (elsewhere.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
        unreachableSinceNanos = null;
        return new Relay.Place.At(elsewhere);
      }
      if (unreachableSinceNanos == null) {
        unreachableSinceNanos = System.nanoTime();
      }
      return vacant(
          "the controller that leads, as far as is known, cannot be reached",
          unreachableSinceNanos);
    } finally {
      lock.unlock();
    }
  }

  private static Relay.Place vacant(String reason, long sinceNanos) {
    return new Relay.Place.Vacant(reason, Duration.ofNanos(System.nanoTime() - sinceNanos));
  }

  /// Nobody waits any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      own = null;
      leader = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
