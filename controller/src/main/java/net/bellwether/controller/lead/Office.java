package net.bellwether.controller.lead;

import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.store.StateStore;
import net.bellwether.wire.Relay;
import org.jspecify.annotations.Nullable;

/// Who decides, as this controller knows: its own engine, another controller, or nobody for now.
/// Safe for use by many threads.
public final class Office implements Relay.Directory, AutoCloseable {
  /// How long a call waits for somebody to lead: as long as a lease outlives its holder, and some.
  public static final Duration PATIENCE = Duration.ofSeconds(8);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable ControlEngine engine;
  private @Nullable StateStore store;
  private BooleanSupplier inForce = () -> false;
  private @Nullable Channel leader;
  private String vacancy = "no controller leads yet";
  private boolean closed;

  /// The engine that decides here.
  ///
  /// @throws ControlEngine.UnavailableException where this controller does not lead
  public ControlEngine engine() {
    return findEngine().orElseThrow(Office::notLeading);
  }

  /// The engine that decides, where this controller leads.
  public Optional<ControlEngine> findEngine() {
    lock.lock();
    try {
      return isHere() ? Optional.ofNullable(engine) : Optional.empty();
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      StateStore own = store;
      if (own == null || !isHere()) {
        throw notLeading();
      }
      return own;
    } finally {
      lock.unlock();
    }
  }

  private static ControlEngine.UnavailableException notLeading() {
    return new ControlEngine.UnavailableException("this controller does not lead", null);
  }

  private boolean isHere() {
    return engine != null && inForce.getAsBoolean();
  }

  /// This controller leads, with `leading` over `its` store, for as long as `still` says so. A
  /// leader that was paused knows by its clock that it leads no more before anybody tells it, and
  /// is not to answer from what it knew.
  public void lead(ControlEngine leading, StateStore its, BooleanSupplier still) {
    change(leading, its, still, null, "");
  }

  /// The controller at the end of `channel` leads.
  public void follow(Channel channel) {
    change(null, null, () -> false, channel, "");
  }

  /// Nobody leads, as `reason` says to callers.
  public void vacate(String reason) {
    change(null, null, () -> false, null, reason);
  }

  private void change(
      @Nullable ControlEngine leading,
      @Nullable StateStore its,
      BooleanSupplier still,
      @Nullable Channel channel,
      String newVacancy) {
    lock.lock();
    try {
      engine = leading;
      store = its;
      inForce = still;
      leader = channel;
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
      while (!isHere() && leader == null && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      Channel elsewhere = leader;
      if (isHere()) {
        return new Relay.Place.Here();
      }
      return elsewhere == null
          ? new Relay.Place.Nowhere(closed ? "the controller is stopping" : vacancy)
          : new Relay.Place.At(elsewhere);
    } finally {
      lock.unlock();
    }
  }

  /// Nobody waits any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      engine = null;
      store = null;
      leader = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
