package net.bellwether.simulation.fault.key;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import net.bellwether.agent.key.Delivery;
import net.bellwether.agent.key.KeyDelivery;
import net.bellwether.agent.key.KeyRequest;
import net.bellwether.agent.key.KeySessions;
import net.bellwether.agent.key.PeerKeys;
import net.bellwether.agent.key.UntoldBurns;
import net.bellwether.agent.ledger.DurableRecords;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.agent.ledger.PeerReservation;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.simulation.fault.promise.Promises;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.Net;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.KeySession;
import net.bellwether.wire.Identity;
import org.jspecify.annotations.Nullable;

/// The key manager of one node, in one life of its process: the product's ledger and delivery. Each
/// request is a thread of its own.
public final class KeyManager implements KeySessions {
  private static final String TRUST_DOMAIN = "bellwether";
  private static final long RESERVE_MICROS = 3 * World.SECOND;
  private static final long BURN_MICROS = 5 * World.SECOND;
  private static final long TELL_AGAIN_MILLIS = 5_000;

  private final Host host;
  private final NodeId node;
  private final Net net;
  private final DoubleSupplier lost;
  private final Promises promises;
  private final Function<NodeId, @Nullable KeyManager> managers;
  private final LedgerStore ledger;
  private final KeyDelivery delivery;
  private final UntoldBurns burns;
  private final Map<String, KeySession> sessions = new TreeMap<>();
  private boolean telling;

  /// `managers` finds the manager of another node in its present life, if its process runs.
  public KeyManager(
      Host host,
      NodeId node,
      Net net,
      DoubleSupplier lost,
      Promises promises,
      Function<NodeId, @Nullable KeyManager> managers,
      DurableRecords disk) {
    this.host = host;
    this.node = node;
    this.net = net;
    this.lost = lost;
    this.promises = promises;
    this.managers = managers;
    this.ledger = LedgerStore.on(disk);
    Peer peer = new Peer();
    this.burns = new UntoldBurns(ledger, peer);
    this.delivery =
        new KeyDelivery(
            node,
            TRUST_DOMAIN,
            this,
            ledger,
            peer,
            this::tellBurns,
            host.world().randomGenerator());
    ledger
        .sessions()
        .forEach((id, bytes) -> {
          try {
            sessions.put(id, KeySession.parseFrom(bytes));
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("session " + id + " in the ledger is damaged", e);
          }
        });
    host.besideAfter(TELL_AGAIN_MILLIS, this::tellBurnsAgain);
  }

  Host host() {
    return host;
  }

  LedgerStore ledger() {
    return ledger;
  }

  /// Durable when this returns.
  public void put(KeySession session) {
    if (session.getClosed() && !sessions.containsKey(session.getSessionId())) {
      return;
    }
    if (!session.equals(sessions.get(session.getSessionId()))) {
      ledger.putSession(session.getSessionId(), session.toByteArray());
      sessions.put(session.getSessionId(), session);
    }
  }

  Optional<KeySession> find(String session) {
    return Optional.ofNullable(sessions.get(session));
  }

  /// Sessions that are not closed, as this manager knows.
  public List<KeySession> openSessions() {
    return sessions.values().stream().filter(session -> !session.getClosed()).toList();
  }

  /// Whether peers have to be told of burnt keys.
  public boolean hasUntoldBurns() {
    return sessions.keySet().stream().anyMatch(id -> !ledger.untoldBurns(id, 1).isEmpty());
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

  /// A consumer's request for new keys.
  Delivery enc(String tenant, String app, String partner, long number, long bits) {
    return given(
        delivery.encKeys(sae(tenant, app), partner, new KeyRequest(number, bits, false, 0)));
  }

  /// A consumer's request for keys that its partner has.
  Delivery dec(String tenant, String app, String partner, List<UUID> ids) {
    return given(
        delivery.decKeys(sae(tenant, app), partner, ids.stream().map(UUID::toString).toList()));
  }

  private static Optional<Identity> sae(String tenant, String app) {
    return Optional.of(new Identity.Sae(TRUST_DOMAIN, tenant, app));
  }

  private Delivery given(Delivery given) {
    if (given instanceof Delivery.Keys keys) {
      keys.keys()
          .forEach(key -> {
            promises.once().delivered(node, key.id(), key.key());
            promises.same().delivered(node, key.id(), key.key());
          });
    }
    return given;
  }

  private void tellBurnsAgain() {
    tellBurns();
    host.besideAfter(TELL_AGAIN_MILLIS, this::tellBurnsAgain);
  }

  /// One thread tells, whatever wakes it.
  private void tellBurns() {
    host.besideAfter(
        0,
        () -> {
          if (!telling && !host.world().isCrowded()) {
            telling = true;
            for (KeySession session : new ArrayList<>(sessions.values())) {
              burns.tell(session, () -> false);
            }
            telling = false;
          }
        });
  }

  /// What a peer asks of this manager.
  private void reserveFor(String session, List<ReservedKey> keys) {
    switch (atEnd(session, () -> ledger.reserveForPeer(session, keys))) {
      case PeerReservation.Reserved() -> {}
      case PeerReservation.Refused(String reason) ->
          throw Status.FAILED_PRECONDITION.withDescription(reason).asRuntimeException();
    }
  }

  private void burnFor(String session, List<UUID> ids) {
    atEnd(
        session,
        () -> {
          ledger.burntByPeer(session, ids);
          return true;
        });
  }

  private <T> T atEnd(String session, Supplier<T> step) {
    if (!sessions.containsKey(session)) {
      throw Status.NOT_FOUND.asRuntimeException();
    }
    try {
      return step.get();
    } catch (LedgerUnavailableException e) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
  }

  /// The manager at the other end, over the network.
  private final class Peer implements PeerKeys {
    private interface Step {
      void at(KeyManager peer);
    }

    private static final class Call {
      private boolean answered;
      private @Nullable StatusRuntimeException failure;

      void answer(@Nullable StatusRuntimeException outcome) {
        answered = true;
        failure = outcome;
      }
    }

    @Override
    public void reserve(KeySession session, List<ReservedKey> keys) {
      call(session, RESERVE_MICROS, peer -> peer.reserveFor(session.getSessionId(), keys));
    }

    @Override
    public void burn(KeySession session, List<UUID> ids) {
      call(session, BURN_MICROS, peer -> peer.burnFor(session.getSessionId(), ids));
    }

    private void call(KeySession session, long deadlineMicros, Step step) {
      KeyManager peer = managers.apply(NodeId.of(session.getPeerNode()));
      if (peer == null) {
        throw Status.UNAVAILABLE.asRuntimeException();
      }
      Call call = new Call();
      net.send(
          host,
          peer.host,
          lost.getAsDouble(),
          () ->
              peer.host.beside(() -> {
                if (!peer.equals(managers.apply(peer.node))) {
                  return;
                }
                StatusRuntimeException outcome = outcome(peer, step);
                net.send(peer.host, host, lost.getAsDouble(), () -> call.answer(outcome));
              }));
      host.hang(() -> call.answered, deadlineMicros);
      StatusRuntimeException failure =
          call.answered ? call.failure : Status.DEADLINE_EXCEEDED.asRuntimeException();
      if (failure != null) {
        throw failure;
      }
    }

    private static @Nullable StatusRuntimeException outcome(KeyManager peer, Step step) {
      try {
        step.at(peer);
        return null;
      } catch (StatusRuntimeException e) {
        return e;
      }
    }
  }
}
