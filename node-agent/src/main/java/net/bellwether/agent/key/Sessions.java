package net.bellwether.agent.key;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.KeySession;

/// The key sessions that end at this node, durable, and their distillations. Closed sessions keep
/// their stock but distil no more.
final class Sessions implements KeySessions, AutoCloseable {
  private final Map<String, KeySession> sessions = new ConcurrentSkipListMap<>();
  private final Map<String, SessionDistillation> distillations = new ConcurrentSkipListMap<>();
  private final LedgerStore ledger;
  private final PeerClient peers;
  private final RandomGenerator random;

  Sessions(LedgerStore ledger, PeerClient peers, RandomGenerator random) {
    this.ledger = ledger;
    this.peers = peers;
    this.random = random;
    ledger
        .sessions()
        .forEach((id, bytes) -> {
          try {
            run(KeySession.parseFrom(bytes));
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("session " + id + " in the ledger is damaged", e);
          }
        });
  }

  /// Durable when this returns; telling the same again changes nothing, nor does telling of the end
  /// of one that never began here.
  synchronized void put(KeySession session) {
    check(session);
    if (session.getClosed() && !sessions.containsKey(session.getSessionId())) {
      return;
    }
    if (!session.equals(sessions.get(session.getSessionId()))) {
      ledger.putSession(session.getSessionId(), session.toByteArray());
      run(session);
    }
  }

  private static void check(KeySession session) {
    String id = FlowId.of(session.getSessionId()).value();
    NodeId.of(session.getPeerNode());
    if (session.getTenant().isEmpty()
        || session.getLocalSae().isEmpty()
        || session.getPeerSae().isEmpty()) {
      throw new IllegalArgumentException(
          "key session %s: tenant (%s), local SAE (%s) and peer SAE (%s) must not be empty"
              .formatted(id, session.getTenant(), session.getLocalSae(), session.getPeerSae()));
    }
  }

  private void run(KeySession session) {
    String id = session.getSessionId();
    sessions.put(id, session);
    SessionDistillation running = distillations.get(id);
    if (session.getClosed()) {
      distillations.remove(id);
      if (running != null) {
        running.close();
      }
    } else if (running != null) {
      running.changed(session);
    } else {
      SessionDistillation started = new SessionDistillation(session, ledger, peers, random);
      distillations.put(id, started);
      started.start();
    }
  }

  Optional<KeySession> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  Optional<SessionDistillation> findDistillation(String id) {
    return Optional.ofNullable(distillations.get(id));
  }

  Collection<SessionDistillation> distillations() {
    return distillations.values();
  }

  List<KeySession> all() {
    return new ArrayList<>(sessions.values());
  }

  @Override
  public List<KeySession> between(String tenant, String local, String peer) {
    return sessions.values().stream()
        .filter(session ->
            session.getTenant().equals(tenant)
                && session.getLocalSae().equals(local)
                && session.getPeerSae().equals(peer))
        .toList();
  }

  @Override
  public synchronized void close() {
    distillations.values().forEach(SessionDistillation::close);
    distillations.clear();
  }
}
