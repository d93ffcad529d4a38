package net.bellwether.controller;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.lead.CandidacyTiming;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.lead.Succession;
import net.bellwether.controller.record.StateCopy;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.controller.store.StoreUnavailableException;
import net.bellwether.controller.store.etcd.EtcdBallot;
import net.bellwether.controller.store.etcd.EtcdClient;
import net.bellwether.controller.store.etcd.EtcdStateStore;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// By whom decisions are taken: by this controller alone over a store of its own, or by whichever
/// is elected over a store that several share.
sealed interface Decisions extends AutoCloseable {
  Office office();

  /// Where state is kept, as operators are told.
  String storeName();

  /// To be called once, when callers can reach this controller at `port`.
  void listening(int port);

  /// HOST:PORT at which other controllers reach this one; empty where there are none.
  String endpoint();

  /// Lets another controller decide; false where there is none, or where another does already.
  boolean stepDown();

  @Override
  void close();

  /// Opens the store; `onFailure` is told where decisions cannot go on.
  static Decisions open(ControllerConfig config, Runnable onFailure) {
    return switch (config.store()) {
      case StoreChoice.Embedded embedded -> new Alone(embedded, onFailure);
      case StoreChoice.Shared shared -> new Elected(shared, config);
    };
  }

  /// The only controller.
  final class Alone implements Decisions {
    private final StateStore store;
    private final ControlEngine engine;
    private final Office office = new Office(Optional::empty);

    private Alone(StoreChoice.Embedded embedded, Runnable onFailure) {
      store = SqliteStateStore.open(embedded.directory());
      boolean complete = false;
      try {
        ControlCore core = new ControlCore(new StoreJournal(store), System::nanoTime);
        engine = ControlEngine.start(core, store.term(), onFailure);
        complete = true;
      } finally {
        if (!complete) {
          store.close();
        }
      }
      office.lead(engine, store, () -> true);
    }

    @Override
    public Office office() {
      return office;
    }

    @Override
    public String storeName() {
      return "embedded";
    }

    @Override
    public void listening(int port) {
      // Nobody else needs to know.
    }

    @Override
    public String endpoint() {
      return "";
    }

    @Override
    public boolean stepDown() {
      return false;
    }

    @Override
    public void close() {
      office.close();
      engine.close();
      store.close();
    }
  }

  /// One of several.
  final class Elected implements Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Elected.class);

    /// How long a controller that starts waits for its etcd.
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final String advertisedHost;
    private final EtcdClient client;
    private final StateCopy copy;
    private final Office office;
    private final Succession succession;
    private volatile String endpoint = "";

    private Elected(StoreChoice.Shared shared, ControllerConfig config) {
      advertisedHost = shared.advertisedHost();
      client = new EtcdClient(shared.etcd());
      boolean complete = false;
      try {
        EtcdBallot ballot = openPatiently(client, config.tls().identity().trustDomain());
        copy = StateCopy.follow(EtcdStateStore.open(client));
        office = new Office(copy::snapshot);
        succession =
            new Succession(
                ballot,
                CandidacyTiming.STANDARD,
                term -> EtcdStateStore.openAsLeader(ballot, term),
                leader ->
                    GrpcChannels.open(
                        leader, config.tls(), peer -> peer instanceof Identity.Controller),
                office);
        complete = true;
      } finally {
        if (!complete) {
          client.close();
        }
      }
    }

    /// Machines that start together, or are busy, answer late; later on nobody waits that long.
    private static EtcdBallot openPatiently(EtcdClient client, String trustDomain) {
      long giveUpNanos = System.nanoTime() + START_PATIENCE.toNanos();
      boolean told = false;
      while (true) {
        try {
          return EtcdBallot.open(client, trustDomain, InstantSource.system(), 0);
        } catch (StoreUnavailableException e) {
          if (System.nanoTime() - giveUpNanos >= 0) {
            throw e;
          }
          if (!told) {
            told = true;
            LOG.warn("tries for {} s: {}", START_PATIENCE.toSeconds(), e.getMessage());
          }
          LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
      }
    }

    @Override
    public Office office() {
      return office;
    }

    @Override
    public String storeName() {
      return "etcd";
    }

    @Override
    public void listening(int port) {
      InetSocketAddress address = InetSocketAddress.createUnresolved(advertisedHost, port);
      endpoint = address.getHostString() + ":" + port;
      succession.stand(endpoint);
    }

    @Override
    public String endpoint() {
      return endpoint;
    }

    @Override
    public boolean stepDown() {
      return succession.stepDown();
    }

    @Override
    public void close() {
      succession.close();
      copy.close();
      client.close();
    }
  }
}
