package net.bellwether.controller.lead;

import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private @Nullable Channel leader;
  private String vacancy = "no controller leads yet";
  private boolean closed;

  /// The engine that decides here.
  ///
  /// @throws ControlEngine.UnavailableException where this controller does not lead
  public ControlEngine engine() {
    return findEngine()
        .orElseThrow(
            () -> new ControlEngine.UnavailableException("this controller does not lead", null));
  }

  /// The engine that decides, where this controller leads.
  public Optional<ControlEngine> findEngine() {
    lock.lock();
    try {
      return Optional.ofNullable(engine);
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
      if (own == null) {
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

  /// This controller leads, with `leading` over `its` store.
  public void lead(ControlEngine leading, StateStore its) {
    change(leading, its, null, "");
  }

  /// The controller at the end of `channel` leads.
  public void follow(Channel channel) {
    change(null, null, channel, "");
  }

  /// Nobody leads, as `reason` says to callers.
  public void vacate(String reason) {
    change(null, null, null, reason);
  }

  private void change(
      @Nullable ControlEngine leading,
      @Nullable StateStore its,
      @Nullable Channel channel,
      String newVacancy) {
    lock.lock();
    try {
      engine = leading;
      store = its;
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
      while (engine == null && leader == null && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      Channel elsewhere = leader;
      if (engine != null) {
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
