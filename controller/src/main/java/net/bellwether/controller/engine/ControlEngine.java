package net.bellwether.controller.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import net.bellwether.controller.reconcile.Addressed;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a `ControlCore` on one thread behind a bounded queue, and publishes snapshots for readers.
/// Callers that find the queue full wait for at most `SUBMIT_TIMEOUT`, then are refused. Where the
/// journal fails, the caller is refused, agents are disconnected (they go on with what they have)
/// and the state is taken from the journal again; where that fails too, or the thread meets an
/// Error, the engine stops and tells `onFailure`.
public final class ControlEngine implements AutoCloseable {
  /// Inputs that wait; a burst of telemetry of hundreds of agents fits.
  static final int QUEUE_MAX = 4_096;

  static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(5);

  private static final long TICK_MILLIS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(ControlEngine.class);

  /// Thrown into callers whose input could not be decided.
  public static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private interface Input {
    void run(long nowMillis);

    void refuse(RuntimeException reason);
  }

  private final ControlCore core;
  private final long term;
  private final Runnable onFailure;
  private final BlockingQueue<Input> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Map<NodeId, AgentLine> lines = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private volatile boolean closed;
  private volatile Snapshot snapshot;
  private boolean unsettled;
  private long tickedAtMillis = Long.MIN_VALUE / 2;

  private ControlEngine(ControlCore core, long term, Runnable onFailure) {
    this.core = core;
    this.term = term;
    this.onFailure = onFailure;
    this.snapshot = core.snapshot(nowMillis());
    this.thread = Thread.ofPlatform().name("decisions").unstarted(this::loop);
  }

  /// Starts deciding on `core`, whose orders go out under `term`.
  public static ControlEngine start(ControlCore core, long term, Runnable onFailure) {
    ControlEngine engine = new ControlEngine(core, term, onFailure);
    engine.thread.start();
    return engine;
  }

  public long term() {
    return term;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /// Waits for a snapshot newer than `version`; the present one after `timeout`.
  public Snapshot awaitNewer(long version, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (snapshot.version() <= version && nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
      return snapshot;
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /// Lets the core decide; the answer comes after everything it decided is durable and visible in
  /// `snapshot`. Throws UnavailableException where that is not possible now.
  public <T> T ask(Function<ControlCore, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    submit(
        new Input() {
          @Override
          public void run(long nowMillis) {
            T result = question.apply(core);
            settle(nowMillis);
            publish(nowMillis);
            answer.complete(result);
          }

          @Override
          public void refuse(RuntimeException reason) {
            answer.completeExceptionally(reason);
          }
        });
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw e;
    }
  }

  /// An agent said hello on `line`, which takes the place of any earlier line of the node.
  public void connected(AgentEvent.Connected event, AgentLine line) {
    submit(
        new AgentInput(event, line) {
          @Override
          void accept(long nowMillis) {
            AgentLine before = lines.put(event.node(), line);
            if (before != null && !before.equals(line)) {
              before.close("node " + event.node() + " connected again");
            }
            core.handle(event, nowMillis);
          }
        });
  }

  /// Something happened on `line`; ignored where the line has been replaced.
  public void heard(AgentEvent event, AgentLine line) {
    submit(
        new AgentInput(event, line) {
          @Override
          void accept(long nowMillis) {
            if (line.equals(lines.get(event.node()))) {
              if (event instanceof AgentEvent.Disconnected) {
                lines.remove(event.node());
              }
              core.handle(event, nowMillis);
            }
          }
        });
  }

  private abstract class AgentInput implements Input {
    private final AgentEvent event;
    private final AgentLine line;

    AgentInput(AgentEvent event, AgentLine line) {
      this.event = event;
      this.line = line;
    }

    abstract void accept(long nowMillis);

    @Override
    public void run(long nowMillis) {
      accept(nowMillis);
      // A measurement alone never makes an order due; the next tick looks at it.
      unsettled |= !(event instanceof AgentEvent.Measured);
    }

    @Override
    public void refuse(RuntimeException reason) {
      line.close("the controller cannot decide at present");
    }
  }

  private void submit(Input input) {
    try {
      if (closed || !queue.offer(input, SUBMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        input.refuse(
            new UnavailableException(
                closed ? "the controller is stopping" : "the controller is overloaded", null));
      } else if (closed) {
        // The thread may have ended since, and looked for inputs before this one was there.
        refuseAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      input.refuse(new UnavailableException("interrupted before a decision", e));
    }
  }

  private void loop() {
    try {
      while (!closed) {
        turn();
      }
    } catch (InterruptedException e) {
      // Told to close.
    } catch (Error e) {
      LOG.error("the engine cannot go on; stopping", e);
      onFailure.run();
    } finally {
      closed = true;
      refuseAll();
      lines.values().forEach(line -> line.close("the controller does not decide any more"));
      lines.clear();
    }
  }

  private void turn() throws InterruptedException {
    Input input = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
    long now = nowMillis();
    if (input != null) {
      run(input, now);
    }
    if (!closed && unsettled && queue.isEmpty()) {
      guarded(() -> settle(now));
    }
    if (!closed && now - tickedAtMillis >= TICK_MILLIS) {
      tickedAtMillis = now;
      guarded(() -> {
        settle(now);
        publish(now);
      });
    }
  }

  private void run(Input input, long now) {
    try {
      Optional<RuntimeException> failure = guarded(() -> input.run(now));
      failure.ifPresent(input::refuse);
    } catch (Error e) {
      input.refuse(
          new UnavailableException(
              "the controller failed and stops, whether the decision holds is unknown", e));
      throw e;
    }
  }

  /// Runs a decision. A failure of the journal leaves open whether memory still equals what is
  /// durable, so that is taken again; any other failure is a defect that decided nothing.
  private Optional<RuntimeException> guarded(Runnable decision) {
    try {
      decision.run();
      return Optional.empty();
    } catch (JournalFailure e) {
      if (e.getCause() instanceof DeposedException) {
        return Optional.of(deposed(e));
      }
      LOG.error("a decision could not be stored; taking the state from the store again", e);
      takeStateAgain();
      return Optional.of(
          new UnavailableException(
              "the decision could not be stored, whether it holds is unknown: " + e.getMessage(),
              e));
    } catch (RuntimeException e) {
      LOG.error("a decision failed", e);
      return Optional.of(e);
    }
  }

  /// Another controller decides from now on.
  private UnavailableException deposed(JournalFailure failure) {
    LOG.warn("this controller decides no more: {}", failure.getMessage());
    closed = true;
    onFailure.run();
    return new UnavailableException("another controller has taken over; ask again", failure);
  }

  private void takeStateAgain() {
    try {
      for (Map.Entry<NodeId, AgentLine> entry : Map.copyOf(lines).entrySet()) {
        drop(entry.getKey(), entry.getValue(), "the controller takes its state again", nowMillis());
      }
      core.reload();
    } catch (RuntimeException e) {
      LOG.error("the store cannot be read; stopping", e);
      closed = true;
      onFailure.run();
    }
  }

  /// What a crowd of agents says at once is settled once: when nothing waits, and at every tick.
  private void settle(long nowMillis) {
    unsettled = false;
    for (Addressed addressed : core.settle(nowMillis)) {
      AgentLine line = lines.get(addressed.node());
      if (line != null && !line.send(term, addressed.order())) {
        drop(addressed.node(), line, "too many orders wait for the agent", nowMillis);
      }
    }
  }

  private void drop(NodeId node, AgentLine line, String reason, long nowMillis) {
    line.close(reason);
    lines.remove(node);
    core.handle(new AgentEvent.Disconnected(node), nowMillis);
  }

  private void publish(long nowMillis) {
    Snapshot next = core.snapshot(nowMillis);
    lock.lock();
    try {
      snapshot = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void refuseAll() {
    Input input;
    while ((input = queue.poll()) != null) {
      input.refuse(new UnavailableException("the controller is stopping", null));
    }
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  /// Stops deciding; inputs that wait are refused.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(SUBMIT_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseAll();
  }
}
