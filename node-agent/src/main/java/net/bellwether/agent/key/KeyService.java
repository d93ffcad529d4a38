package net.bellwether.agent.key;

import io.grpc.BindableService;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeliveredPairs;
import net.bellwether.agent.ledger.Counters;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.agent.ledger.Stock;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ErrorCount;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.KeyStock;
import org.jspecify.annotations.Nullable;

/// The key manager of one node: distils measured pairs to key with the peers of its sessions, keeps
/// the key, and serves it to consumers (ETSI GS QKD 014). Thread-safe.
public final class KeyService implements DeliveredPairs, AutoCloseable {
  private final LedgerStore ledger;
  private final Sessions sessions;
  private final BurnNotices burns;
  private final PeerEndpoint endpoint;
  private final @Nullable EtsiServer server;

  private KeyService(
      LedgerStore ledger,
      Sessions sessions,
      BurnNotices burns,
      PeerEndpoint endpoint,
      @Nullable EtsiServer server) {
    this.ledger = ledger;
    this.sessions = sessions;
    this.burns = burns;
    this.endpoint = endpoint;
    this.server = server;
  }

  /// Opens the ledger, resumes the sessions it knows, and listens.
  ///
  /// @throws IllegalStateException where the ledger is damaged or in use, or the address is taken
  /// @throws IllegalArgumentException where the TLS files are not usable
  public static KeyService start(KeyServiceConfig config) {
    String trustDomain = config.tls().identity().trustDomain();
    SecureRandom random = new SecureRandom();
    LedgerStore ledger = LedgerStore.open(config.stateDirectory());
    PeerClient peers = new PeerClient(config.peers());
    Sessions sessions = null;
    BurnNotices burns = null;
    try {
      sessions = new Sessions(ledger, peers, random);
      burns = new BurnNotices(sessions, new UntoldBurns(ledger, peers));
      KeyDelivery delivery =
          new KeyDelivery(config.node(), trustDomain, sessions, ledger, peers, burns::wake, random);
      EtsiServer server =
          config.keyListen().isPresent()
              ? EtsiServer.start(config.keyListen().get(), config.tls(), delivery)
              : null;
      burns.start();
      PeerEndpoint endpoint = new PeerEndpoint(sessions, ledger);
      return new KeyService(ledger, sessions, burns, endpoint, server);
    } catch (RuntimeException e) {
      if (sessions != null) {
        sessions.close();
      }
      ledger.close();
      throw e;
    }
  }

  /// Takes over what the controller says of a session; durable when this returns.
  ///
  /// @throws IllegalArgumentException where a name in it is not one; nothing changes then
  public void putSession(KeySession session) {
    sessions.put(session);
  }

  @Override
  public void accept(List<DeliveredPair> pairs, NetworkTime settledUntil) {
    Map<String, List<DeliveredPair>> bySession = new LinkedHashMap<>();
    for (DeliveredPair pair : pairs) {
      bySession.computeIfAbsent(pair.flow().value(), flow -> new ArrayList<>()).add(pair);
    }
    for (KeySession session : sessions.all()) {
      String id = session.getSessionId();
      List<DeliveredPair> own = bySession.getOrDefault(id, List.of());
      sessions
          .findDistillation(id)
          .ifPresent(distillation -> distillation.accept(own, settledUntil));
    }
  }

  /// What this node knows of the stock of each session, in order of name.
  public List<KeyStock> stocks() {
    return sessions.all().stream()
        .map(session -> stock(session.getSessionId(), ledger.stock(session.getSessionId())))
        .toList();
  }

  private static KeyStock stock(String session, Stock stock) {
    Counters counters = stock.counters();
    return KeyStock.newBuilder()
        .setSessionId(session)
        .setAvailableBits(stock.availableBits())
        .setDistilledBits(counters.distilledBits())
        .setDeliveredKeyCount(counters.deliveredKeyCount())
        .setBurntKeyCount(counters.burntKeyCount())
        .setBlockCount(counters.blockCount())
        .setFailedBlockCount(counters.failedBlockCount())
        .setZ(errors(counters.z()))
        .setX(errors(counters.x()))
        .setY(errors(counters.y()))
        .build();
  }

  private static ErrorCount errors(Counters.ErrorCount count) {
    return ErrorCount.newBuilder().setCompared(count.compared()).setErrors(count.errors()).build();
  }

  /// The service peers call; runs in the node agent's gRPC server.
  public BindableService peerService() {
    return endpoint;
  }

  /// host:port of the key delivery interface, where there is one.
  public Optional<String> keyEndpoint() {
    return Optional.ofNullable(server).map(EtsiServer::endpoint);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    burns.close();
    sessions.close();
    ledger.close();
  }
}
