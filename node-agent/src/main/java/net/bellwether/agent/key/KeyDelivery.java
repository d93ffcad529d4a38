package net.bellwether.agent.key;

import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import net.bellwether.agent.ledger.DeliveredKey;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.KeySession;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives keys to consumers by the rules of ETSI GS QKD 014, whatever carries the request. Which end
/// owns a block does not show: a request at the end that owns too little is told to come later.
public final class KeyDelivery {
  static final int DEFAULT_KEY_BITS = 256;

  /// Some consumers ask for 32-bit keys and mean bytes.
  static final int LEAST_KEY_BITS = 32;

  static final int MOST_KEY_BITS = 8192;
  static final int KEYS_PER_REQUEST = 128;

  /// Told to consumers as the most keys that are stored: the bound on stock.
  static final long MOST_STORED_KEYS = SessionDistillation.STOCK_BITS / DEFAULT_KEY_BITS;

  private static final Logger LOG = LoggerFactory.getLogger(KeyDelivery.class);
  private static final String PEER_AWAY = "the peer KME cannot be reached";
  private static final String NOT_FOUND = "one or more keys specified are not found on KME";

  private final NodeId node;
  private final String trustDomain;
  private final KeySessions sessions;
  private final LedgerStore ledger;
  private final PeerKeys peers;
  private final Runnable burnt;
  private final RandomGenerator random;

  /// `burnt` is called when there are burnt keys to tell the peer of; `random` draws key ids.
  public KeyDelivery(
      NodeId node,
      String trustDomain,
      KeySessions sessions,
      LedgerStore ledger,
      PeerKeys peers,
      Runnable burnt,
      RandomGenerator random) {
    this.node = node;
    this.trustDomain = trustDomain;
    this.sessions = sessions;
    this.ledger = ledger;
    this.peers = peers;
    this.burnt = burnt;
    this.random = random;
  }

  Delivery status(Optional<Identity> caller, String slave) {
    if (!(saeOf(caller) instanceof Identity.Sae sae)) {
      return notAConsumer();
    }
    List<KeySession> between = sessions.between(sae.tenant(), sae.app(), slave);
    if (between.isEmpty()) {
      return noSession(slave);
    }
    try {
      // A key comes from one session: what is left of each does not add up.
      long keys =
          between.stream()
              .mapToLong(session ->
                  ledger.stock(session.getSessionId()).availableBits() / DEFAULT_KEY_BITS)
              .sum();
      return new Delivery.Status(
          node.value(),
          between.getFirst().getPeerNode(),
          sae.app(),
          slave,
          Math.min(MOST_STORED_KEYS, keys));
    } catch (LedgerUnavailableException e) {
      return unavailable(e);
    }
  }

  /// Get key: takes keys from own stock, after the peer has set them aside too.
  public Delivery encKeys(Optional<Identity> caller, String slave, KeyRequest request) {
    if (!(saeOf(caller) instanceof Identity.Sae sae)) {
      return notAConsumer();
    }
    List<KeySession> between = sessions.between(sae.tenant(), sae.app(), slave);
    if (between.isEmpty()) {
      return noSession(slave);
    }
    Optional<String> mistake = mistake(request);
    if (mistake.isPresent()) {
      return new Delivery.Mistake(mistake.get());
    }
    int lengthBytes = (int) (request.sizeBits() / 8);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < request.number(); i++) {
      ids.add(newId());
    }
    try {
      List<String> names = between.stream().map(KeySession::getSessionId).toList();
      Optional<SequencedMap<String, List<ReservedKey>>> reserved =
          ledger.reserve(names, ids, lengthBytes);
      if (reserved.isPresent()) {
        return deliver(between, reserved.get());
      }
      boolean away = names.stream().anyMatch(name -> !ledger.untoldBurns(name, 1).isEmpty());
      return new Delivery.NotNow(away ? PEER_AWAY : "not enough key in stock");
    } catch (LedgerUnavailableException e) {
      return unavailable(e);
    }
  }

  private Delivery deliver(
      List<KeySession> between, SequencedMap<String, List<ReservedKey>> reserved) {
    SequencedMap<String, List<UUID>> ids = new LinkedHashMap<>();
    reserved.forEach((name, keys) -> ids.put(name, keys.stream().map(ReservedKey::id).toList()));
    for (KeySession session : between) {
      String name = session.getSessionId();
      try {
        if (reserved.containsKey(name)) {
          peers.reserve(session, reserved.get(name));
        }
      } catch (StatusRuntimeException | IllegalArgumentException | IllegalStateException e) {
        // The peer may have set them aside or not: nobody will ever get these.
        LOG.warn(
            "session {}: burns the keys of a request, the peer did not reserve them: {}",
            name,
            RpcErrors.describe(e));
        ids.forEach(ledger::burn);
        burnt.run();
        return new Delivery.NotNow(PEER_AWAY);
      }
    }
    return new Delivery.Keys(ledger.deliver(ids));
  }

  private static Optional<String> mistake(KeyRequest request) {
    if (request.mandatoryExtensions()) {
      return Optional.of("not all extension_mandatory parameters are supported");
    }
    if (request.sizeBits() % 8 != 0) {
      return Optional.of("size shall be a multiple of 8");
    }
    if (request.sizeBits() < LEAST_KEY_BITS || request.sizeBits() > MOST_KEY_BITS) {
      return Optional.of(
          "size (%d) shall be in [%d, %d]"
              .formatted(request.sizeBits(), LEAST_KEY_BITS, MOST_KEY_BITS));
    }
    if (request.number() < 1 || request.number() > KEYS_PER_REQUEST) {
      return Optional.of(
          "number (%d) shall be in [1, %d]".formatted(request.number(), KEYS_PER_REQUEST));
    }
    if (request.additionalSlaves() > 0) {
      return Optional.of(
          "additional_slave_SAE_IDs (%d) shall number at most 0"
              .formatted(request.additionalSlaves()));
    }
    return Optional.empty();
  }

  /// Get key with key ids: keys that `master` got at the other end.
  public Delivery decKeys(Optional<Identity> caller, String master, List<String> keyIds) {
    if (!(saeOf(caller) instanceof Identity.Sae sae)) {
      return notAConsumer();
    }
    List<KeySession> between = sessions.between(sae.tenant(), sae.app(), master);
    if (between.isEmpty()) {
      return new Delivery.Unauthorized("this SAE shares no keys with the SAE of the request");
    }
    if (keyIds.isEmpty() || keyIds.size() > KEYS_PER_REQUEST) {
      return new Delivery.Mistake(
          "key_IDs (%d) shall number 1 to %d".formatted(keyIds.size(), KEYS_PER_REQUEST));
    }
    List<UUID> ids = new ArrayList<>();
    for (String keyId : keyIds) {
      Optional<UUID> id = KeyIds.parse(keyId);
      if (id.isEmpty()) {
        return new Delivery.Mistake(NOT_FOUND);
      }
      ids.add(id.get());
    }
    try {
      Optional<List<DeliveredKey>> keys =
          ledger.fetch(between.stream().map(KeySession::getSessionId).toList(), ids);
      return keys.<Delivery>map(Delivery.Keys::new)
          .orElseGet(() -> new Delivery.Mistake(NOT_FOUND));
    } catch (LedgerUnavailableException e) {
      return unavailable(e);
    }
  }

  private Identity saeOf(Optional<Identity> caller) {
    return caller
        .filter(identity -> identity.trustDomain().equals(trustDomain))
        .orElse(new Identity.Node(trustDomain, node));
  }

  private static Delivery notAConsumer() {
    return new Delivery.Unauthorized("the client certificate names no SAE of this network");
  }

  /// The same for partners that do not exist and partners of others.
  private static Delivery noSession(String partner) {
    return new Delivery.Mistake(
        "this SAE has no key session with SAE (" + partner + ") at this KME");
  }

  private static Delivery unavailable(LedgerUnavailableException e) {
    LOG.error("key ledger fails", e);
    return new Delivery.NotNow("the key ledger is not available");
  }

  /// A random UUID (version 4).
  private UUID newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long high = (buffer.getLong() & ~0xF000L) | 0x4000L;
    long low = (buffer.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
