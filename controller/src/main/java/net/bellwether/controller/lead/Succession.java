package net.bellwether.controller.lead;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.StateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of several controllers over one store: decides while it is elected, hands calls to the one
/// that is while it is not, and stands for election as long as it runs.
public final class Succession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

  /// How long a controller that has stepped down waits for another to lead before it stands again.
  private static final Duration REST = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 50;

  private static final int CONNECT_MILLIS = 1_000;

  /// How long a former leader may still answer what it was asked; agents whose streams pass here
  /// come back after that.
  private static final long LAST_ANSWERS_MILLIS = 1_000;

  private final LeaderBallot ballot;
  private final CandidacyTiming timing;
  private final Function<Long, StateStore> stores;
  private final Function<String, ManagedChannel> channels;
  private final Office office;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("succession").factory());
  private String endpoint = "";
  private @Nullable LeaderElection election;
  private boolean closed;

  /// `stores` opens the store for the leader under a term, `channels` a way to the controller at an
  /// endpoint.
  public Succession(
      LeaderBallot ballot,
      CandidacyTiming timing,
      Function<Long, StateStore> stores,
      Function<String, ManagedChannel> channels,
      Office office) {
    this.ballot = ballot;
    this.timing = timing;
    this.stores = stores;
    this.channels = channels;
    this.office = office;
  }

  /// Stands for election from now on. Others reach this controller at `ownEndpoint`, HOST:PORT.
  public synchronized void stand(String ownEndpoint) {
    endpoint = ownEndpoint;
    if (!closed && election == null) {
      election =
          LeaderElection.start(
              ballot, timing, endpoint, () -> System.nanoTime() / 1_000_000, new Part());
    }
  }

  /// Lets another controller lead, and stands again after a while. Returns once the leadership is
  /// laid down; false where this controller was not leading.
  public boolean stepDown() {
    if (office.findEngine().isEmpty()) {
      return false;
    }
    rest();
    return true;
  }

  /// Lays down what it leads, and stands again once another leads, which it then follows.
  private void rest() {
    withdraw();
    look(System.nanoTime() + REST.toNanos());
  }

  private void look(long untilNanos) {
    try {
      var _ =
          later.schedule(
              () -> {
                if (stands()) {
                  return;
                }
                if (isHeldByAnother() || System.nanoTime() - untilNanos >= 0) {
                  stand(endpoint);
                } else {
                  look(untilNanos);
                }
              },
              LOOK_MILLIS,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closed meanwhile: it stands no more.
    }
  }

  /// Whether it stands again already, or never will: two reasons to rest may come at once.
  private synchronized boolean stands() {
    return closed || election != null;
  }

  private boolean isHeldByAnother() {
    try {
      return ballot.observe() instanceof LeaderBallot.Standing.Held held && !makesWay(held);
    } catch (IllegalStateException _) {
      return false;
    }
  }

  /// A key with its own name by which it does not lead is its past, whose lease could not be
  /// revoked and may live as long again: where etcd comes back from a loss of its quorum, leases
  /// begin anew. Takes that away; false where another leads.
  private boolean makesWay(LeaderBallot.Standing.Held held) {
    if (!held.endpoint().equals(endpoint)) {
      return false;
    }
    if (!leads(held.term()) && ballot.depose(held.term())) {
      LOG.info("makes way: its former leadership, term {}, was still in force", held.term());
    }
    return true;
  }

  private boolean leads(long term) {
    LeaderElection standing;
    synchronized (this) {
      standing = election;
    }
    return standing != null && standing.leads(term);
  }

  private void withdraw() {
    LeaderElection former;
    synchronized (this) {
      former = election;
      election = null;
    }
    if (former != null) {
      former.close();
    }
  }

  /// An engine that cannot go on: whoever is elected next takes the state from the store.
  private void engineFailed() {
    var _ = Thread.ofVirtual().name("step-down").start(this::rest);
  }

  /// What this controller does as the election goes; the election calls one at a time.
  private final class Part implements LeaderElection.Listener {
    private @Nullable StateStore store;
    private @Nullable ControlEngine engine;
    private @Nullable ManagedChannel toLeader;

    @Override
    public void led(long term) {
      unfollow();
      try {
        long began = System.nanoTime();
        StateStore opened = stores.apply(term);
        store = opened;
        ControlCore core = new ControlCore(new StoreJournal(opened), System::nanoTime);
        ControlEngine started =
            ControlEngine.start(core, opened.term(), Succession.this::engineFailed);
        engine = started;
        office.lead(started, opened, () -> leads(term));
        LOG.info(
            "decides under term {}, state taken in {} ms",
            opened.term(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      } catch (RuntimeException e) {
        LOG.error("elected, but the state cannot be taken from the store", e);
        laidDown();
        engineFailed();
      }
    }

    @Override
    public void fenced(String reason) {
      office.vacate("the controller that led no longer does: " + reason);
      laidDown();
    }

    private void laidDown() {
      ControlEngine former = engine;
      StateStore of = store;
      engine = null;
      store = null;
      if (former != null) {
        former.close();
      }
      if (of != null) {
        of.close();
      }
    }

    @Override
    public void following(String leader) {
      if (leader.equals(endpoint)) {
        office.vacate("this controller led before, and lays down what is left of it");
        unfollow();
        var _ = isHeldByAnother();
        return;
      }
      ManagedChannel opened = channels.apply(leader);
      ManagedChannel former = toLeader;
      toLeader = opened;
      office.follow(opened);
      if (former != null) {
        leave(former);
      }
      var _ = Thread.ofVirtual().name("watch-" + leader).start(() -> watch(opened, leader));
    }

    @Override
    public void leaderless() {
      office.vacate("no controller leads at present");
      unfollow();
    }

    private void unfollow() {
      ManagedChannel former = toLeader;
      toLeader = null;
      if (former != null) {
        leave(former);
      }
    }

    /// What was handed to it already may still be answered: to a step-down, for example.
    private void leave(ManagedChannel former) {
      former.shutdown();
      try {
        var _ = later.schedule(former::shutdownNow, LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException _) {
        former.shutdownNow();
      }
    }
  }

  /// A leader whose host answers that nobody listens there is dead, and need not be waited for
  /// until its lease ends. Writes are guarded by the term, so a wrong guess costs an election.
  private void watch(ManagedChannel channel, String leader) {
    try {
      boolean wasReady = false;
      ConnectivityState state = channel.getState(true);
      while (state != ConnectivityState.SHUTDOWN) {
        if (state == ConnectivityState.READY) {
          wasReady = true;
        } else if (wasReady && state != ConnectivityState.CONNECTING && isRefused(leader)) {
          depose(leader);
          return;
        }
        CountDownLatch changed = new CountDownLatch(1);
        channel.notifyWhenStateChanged(state, changed::countDown);
        changed.await();
        state = channel.getState(true);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isRefused(String leader) {
    int colon = leader.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            leader.substring(0, colon), Integer.parseInt(leader.substring(colon + 1)));
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return false;
    } catch (ConnectException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void depose(String leader) {
    try {
      if (ballot.observe() instanceof LeaderBallot.Standing.Held held
          && held.endpoint().equals(leader)
          && ballot.depose(held.term())) {
        LOG.info("nobody listens at {} any more: its lease is revoked", leader);
      }
    } catch (IllegalStateException e) {
      LOG.info("the lease of {} cannot be revoked and will expire: {}", leader, e.getMessage());
    }
  }

  /// Steps down, and stands no more.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    later.shutdown();
    withdraw();
    office.close();
  }
}
