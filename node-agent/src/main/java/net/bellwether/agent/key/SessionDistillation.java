package net.bellwether.agent.key;

import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import net.bellwether.agent.distill.Distillation;
import net.bellwether.agent.distill.DistillationEffect;
import net.bellwether.agent.distill.DistillationFollower;
import net.bellwether.agent.distill.DistillationLeader;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.KeySession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Distils the key of one session: one thread that owns the state machine, fed by a bounded queue.
/// Blocks are stored before the next event is looked at, so a new stream always finds the ledger in
/// the state that the last one left.
final class SessionDistillation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionDistillation.class);

  /// Some seconds of frames and batches of pairs; pairs beyond are lost, frames wait.
  private static final int QUEUE_EVENTS = 1024;

  private static final long REDIAL_FIRST_MILLIS = 200;
  private static final long REDIAL_MOST_MILLIS = 2_000;
  private static final long IDLE_MILLIS = 1_000;

  /// Key of both ends beyond which no more is distilled: 32 MiB, more than a million keys.
  static final long STOCK_BITS = 1L << 28;

  private sealed interface Event {
    record Pairs(List<DeliveredPair> pairs, NetworkTime settledUntil) implements Event {}

    record Opened(FrameStream stream) implements Event {}

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Frame(FrameStream stream, byte[] bytes) implements Event {}

    record Lost(FrameStream stream, String reason) implements Event {}

    record Changed(KeySession session) implements Event {}
  }

  /// Opens the stream of a leading end.
  interface Dialler {
    FrameStream dial(KeySession session, SessionDistillation events);
  }

  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE_EVENTS);
  private final LedgerStore ledger;
  private final Dialler dialler;
  private final RandomGenerator random;
  private final Thread thread;
  private KeySession session;
  private @Nullable FrameStream stream;
  private @Nullable Distillation machine;
  private boolean full;
  private long redialMillis = REDIAL_FIRST_MILLIS;
  private long redialAtNanos = System.nanoTime();
  private volatile boolean closed;

  SessionDistillation(
      KeySession session, LedgerStore ledger, Dialler dialler, RandomGenerator random) {
    this.session = session;
    this.ledger = ledger;
    this.dialler = dialler;
    this.random = random;
    thread = Thread.ofVirtual().name("distil-" + session.getSessionId()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Takes pairs; never blocks the rule engine.
  void accept(List<DeliveredPair> pairs, NetworkTime settledUntil) {
    if (!queue.offer(new Event.Pairs(pairs, settledUntil)) && !pairs.isEmpty()) {
      LOG.warn("session {}: lost {} pairs, distillation lags", name(), pairs.size());
    }
  }

  void opened(FrameStream opened) {
    put(new Event.Opened(opened));
  }

  void received(FrameStream from, byte[] frame) {
    put(new Event.Frame(from, frame));
  }

  void lost(FrameStream which, String reason) {
    put(new Event.Lost(which, reason));
  }

  void changed(KeySession changed) {
    put(new Event.Changed(changed));
  }

  private void put(Event event) {
    try {
      while (!closed && !queue.offer(event, IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("session {}: queue is full", name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        dialWhenDue();
        Event event = queue.poll(waitMillis(), TimeUnit.MILLISECONDS);
        if (event != null) {
          handleSafely(event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    drop("the key manager stops");
  }

  private void dialWhenDue() {
    if (session.getLeads() && stream == null && System.nanoTime() - redialAtNanos >= 0) {
      redialAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(redialMillis);
      redialMillis = Math.min(REDIAL_MOST_MILLIS, redialMillis * 2);
      try {
        FrameStream dialled = dialler.dial(session, this);
        stream = dialled;
        DistillationLeader leader =
            new DistillationLeader(
                session.getBlockKeyBits(),
                ledger.stock(name()).counters().highestBlock(),
                block -> ledger.hasBlock(name(), block),
                random);
        machine = leader;
        perform(leader.start());
      } catch (RuntimeException e) {
        LOG.debug("session {}: peer cannot be dialled", name(), e);
        drop(String.valueOf(e.getMessage()));
      }
    }
  }

  private long waitMillis() {
    if (!session.getLeads() || stream != null) {
      return IDLE_MILLIS;
    }
    long nanos = redialAtNanos - System.nanoTime();
    return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, 1, IDLE_MILLIS);
  }

  /// Whatever goes wrong ends the stream, never the thread: nobody would distil the session again.
  private void handleSafely(Event event) {
    try {
      handle(event);
    } catch (StatusRuntimeException e) {
      drop(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("session {}: distillation starts anew: {}", name(), e.getMessage());
      drop(String.valueOf(e.getMessage()));
    }
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Pairs(List<DeliveredPair> pairs, NetworkTime settledUntil) -> {
        Distillation current = machine;
        if (current != null && !isFull()) {
          perform(current.accept(pairs, settledUntil));
        }
      }
      case Event.Opened(FrameStream opened) -> {
        drop("the peer opened another stream");
        stream = opened;
        machine =
            new DistillationFollower(
                ledger.stock(name()).counters().highestBlock(), ledger.pendingBlocks(name()));
      }
      case Event.Frame(FrameStream from, byte[] bytes) -> {
        Distillation current = machine;
        if (from.equals(stream) && current != null) {
          redialMillis = REDIAL_FIRST_MILLIS;
          perform(current.receive(bytes));
        }
      }
      case Event.Lost(FrameStream which, String reason) -> {
        if (which.equals(stream)) {
          LOG.info("session {}: distillation stream is lost: {}", name(), reason);
          forget();
        }
      }
      case Event.Changed(KeySession changed) -> {
        boolean elsewhere = !changed.getPeerEndpoint().equals(session.getPeerEndpoint());
        session = changed;
        if (machine instanceof DistillationLeader leader) {
          leader.setBlockKeyBits(changed.getBlockKeyBits());
        }
        if (elsewhere && changed.getLeads()) {
          drop("the peer is at another endpoint");
          redialAtNanos = System.nanoTime();
        }
      }
    }
  }

  /// Only the leading end stops for a full stock: the other takes part in what it announces.
  private boolean isFull() {
    if (full) {
      full = ledger.stock(name()).storedBits() >= STOCK_BITS;
    }
    return full;
  }

  private void perform(List<DistillationEffect> effects) {
    Deque<DistillationEffect> todo = new ArrayDeque<>(effects);
    while (!todo.isEmpty()) {
      switch (todo.remove()) {
        case DistillationEffect.Send(byte[] frame) -> {
          FrameStream open = stream;
          if (open != null) {
            open.send(frame);
          }
        }
        case DistillationEffect.Finished(long block, byte[] key) -> todo.addAll(store(block, key));
        case DistillationEffect.Confirmed(long block) -> ledger.confirmBlock(name(), block);
        case DistillationEffect.Missing(long block) -> ledger.dropBlock(name(), block);
        case DistillationEffect.Failed(long block, String reason) -> {
          LOG.info("session {}: block {} yields nothing: {}", name(), block, reason);
          ledger.blockFailed(name());
        }
        case DistillationEffect.Compared compared ->
            ledger.compared(name(), compared.basis(), compared.compared(), compared.errors());
      }
    }
  }

  private List<DistillationEffect> store(long block, byte[] key) {
    Distillation current = machine;
    if (current == null) {
      return List.of();
    }
    ledger.storeBlock(name(), block, session.getLeads(), key);
    Arrays.fill(key, (byte) 0);
    full = session.getLeads() && ledger.stock(name()).storedBits() >= STOCK_BITS;
    return current.stored(block);
  }

  private void drop(String reason) {
    FrameStream open = stream;
    forget();
    if (open != null) {
      try {
        open.end(reason);
      } catch (IllegalStateException e) {
        LOG.debug("session {}: stream has ended already", name(), e);
      }
    }
  }

  private void forget() {
    stream = null;
    machine = null;
  }

  private String name() {
    return session.getSessionId();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
