package net.bellwether.agent.key;

import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.v1.KeySession;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Burnt keys of which the peer has not heard. A peer that never heard of the key is first made to
/// reserve it, so that both ends count the same bytes as gone.
public final class UntoldBurns {
  private static final Logger LOG = LoggerFactory.getLogger(UntoldBurns.class);
  private static final int KEYS_PER_NOTICE = KeyDelivery.KEYS_PER_REQUEST;

  private final LedgerStore ledger;
  private final PeerKeys peers;

  public UntoldBurns(LedgerStore ledger, PeerKeys peers) {
    this.ledger = ledger;
    this.peers = peers;
  }

  /// Tells the peer of one session, unless `stopped`; what cannot be told now is told later.
  public void tell(KeySession session, BooleanSupplier stopped) {
    String name = session.getSessionId();
    try {
      List<ReservedKey> burnt = ledger.untoldBurns(name, KEYS_PER_NOTICE);
      while (!burnt.isEmpty() && !stopped.getAsBoolean()) {
        reserveWhereUnknown(session, burnt);
        List<UUID> ids = burnt.stream().map(ReservedKey::id).toList();
        peers.burn(session, ids);
        ledger.burnsTold(name, ids);
        burnt = ledger.untoldBurns(name, KEYS_PER_NOTICE);
      }
    } catch (StatusRuntimeException
        | LedgerUnavailableException
        | IllegalArgumentException
        | IllegalStateException e) {
      LOG.info("session {}: burnt keys are told later: {}", name, RpcErrors.describe(e));
    }
  }

  private void reserveWhereUnknown(KeySession session, List<ReservedKey> burnt) {
    for (ReservedKey key : burnt) {
      try {
        peers.reserve(session, List.of(key));
      } catch (StatusRuntimeException e) {
        switch (e.getStatus().getCode()) {
          // Reserved and burnt before, or the peer lacks the block: nothing left to set aside.
          case FAILED_PRECONDITION -> LOG.debug("key {} is gone at the peer", key.id());
          default -> throw e;
        }
      }
    }
  }
}
