package net.bellwether.simulation.fault.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A process on a machine of its own. It is killed at any point and forgets everything, or stopped
/// for a while and knows nothing of it. Its clocks are its own: the monotonic one begins anywhere
/// and runs a little fast or slow, the wall clock jumps.
public abstract class Host {
  private static final double RATE_DEVIATION = 0.02;

  /// Nothing else of the process happens while one task runs: the queue of its one writer.
  public static final class Life {
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private boolean over;
    private boolean busy;
  }

  private final World world;
  private final String name;
  private final double clockRate;
  private final long clockOffsetMillis;
  private final List<Runnable> onEnd = new ArrayList<>();
  private long wallOffsetSeconds;
  private Life life = new Life();
  private long pausedUntilMicros;

  protected Host(World world, String name) {
    this.world = world;
    this.name = name;
    this.clockRate = 1 + RATE_DEVIATION * (world.between(-100, 100) / 100.0);
    this.clockOffsetMillis = world.between(0, 1_000_000);
    this.wallOffsetSeconds = world.between(1_000, 2_000);
    life.over = true;
  }

  public final World world() {
    return world;
  }

  public final String name() {
    return name;
  }

  public final void note(String format, Object... values) {
    world.timeline().add(name, format, values);
  }

  /// Own monotonic clock.
  public final long clockMillis() {
    return clockOffsetMillis + (long) (world.nowMicros() * clockRate) / World.MILLI;
  }

  public final long wallSeconds() {
    return wallOffsetSeconds + world.nowMicros() / World.SECOND;
  }

  public final void jumpWallClock(long seconds) {
    wallOffsetSeconds += seconds;
    note("its wall clock jumps by %d s", seconds);
  }

  public final boolean isUp() {
    return !life.over;
  }

  public final boolean isPaused() {
    return world.nowMicros() < pausedUntilMicros;
  }

  /// Begins another life, with nothing from the last.
  public final void begin() {
    life = new Life();
    pausedUntilMicros = 0;
  }

  /// Ends this life; what it was doing goes no further.
  public final void end() {
    life.over = true;
    life.queue.clear();
    List<Runnable> ending = List.copyOf(onEnd);
    onEnd.clear();
    ending.forEach(Runnable::run);
    ended();
  }

  /// Called when a life has ended, by whatever: whoever watches over the process starts it again.
  protected abstract void ended();

  /// Done once when this life ends.
  final void onEnd(Runnable action) {
    onEnd.add(action);
  }

  /// The process does nothing for this long, and does not know.
  public final void pause(long micros) {
    Life current = life;
    pausedUntilMicros = Math.max(pausedUntilMicros, world.nowMicros() + micros);
    world.after(micros, () -> work(current));
  }

  /// Queues `task` for the process's one writer.
  public final void post(Runnable task) {
    if (!life.over) {
      life.queue.add(task);
      work(life);
    }
  }

  /// The present life.
  public final Life life() {
    return life;
  }

  /// `task` as one of many threads of the process: at once, beside its one writer.
  public final void beside(Runnable task) {
    beside(life, task);
  }

  /// The same, only in one life.
  public final void beside(Life current, Runnable task) {
    if (current.over) {
      return;
    }
    if (isPaused()) {
      world.after(pausedUntilMicros - world.nowMicros(), () -> beside(current, task));
      return;
    }
    attempt(task);
  }

  private void work(Life current) {
    if (current.over || current.busy || isPaused()) {
      return;
    }
    current.busy = true;
    while (!current.over && !isPaused() && !current.queue.isEmpty()) {
      attempt(current.queue.remove());
    }
    current.busy = false;
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (Killed _) {
      // The process is gone; whoever started it anew did so already.
    }
  }

  /// Queues `task` when the process's own clock has moved on by `millis`.
  public final void postAfter(long millis, Runnable task) {
    later(millis, () -> post(task));
  }

  /// The same beside its one writer.
  public final void besideAfter(long millis, Runnable task) {
    later(millis, () -> beside(task));
  }

  private void later(long millis, Runnable action) {
    Life current = life;
    world.after(
        (long) (millis * World.MILLI / clockRate),
        () -> {
          if (current == life) {
            action.run();
          }
        });
  }

  /// Waits in the middle of a task; longer where the process is stopped meanwhile.
  ///
  /// @throws Killed where it is killed meanwhile
  public final void hang(long micros) {
    hang(() -> false, micros);
  }

  /// The same until `over`.
  public final void hang(BooleanSupplier over, long micros) {
    Life current = life;
    world.await(() -> current.over || over.getAsBoolean(), world.nowMicros() + micros);
    while (!current.over && isPaused()) {
      world.await(() -> current.over, pausedUntilMicros);
    }
    if (current.over) {
      throw new Killed(name);
    }
  }

  /// To be called in the middle of a task: ends this life where it stands.
  public final void die() {
    end();
    throw new Killed(name);
  }

  @Override
  public final String toString() {
    return name;
  }
}
