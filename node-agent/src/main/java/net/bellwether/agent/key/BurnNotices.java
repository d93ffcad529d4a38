package net.bellwether.agent.key;

import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.v1.KeySession;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells peers which keys are burnt, until they acknowledge it. A peer that never heard of the key
/// is first made to reserve it, so that both ends count the same bytes as gone.
final class BurnNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BurnNotices.class);
  private static final long RETRY_SECONDS = 5;
  private static final int KEYS_PER_NOTICE = KeyDelivery.KEYS_PER_REQUEST;

  private final Semaphore wakeUp = new Semaphore(1);
  private final Sessions sessions;
  private final LedgerStore ledger;
  private final PeerClient peers;
  private final Thread thread;
  private volatile boolean closed;

  BurnNotices(Sessions sessions, LedgerStore ledger, PeerClient peers) {
    this.sessions = sessions;
    this.ledger = ledger;
    this.peers = peers;
    thread = Thread.ofVirtual().name("burn-notices").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// There is something to tell.
  void wake() {
    wakeUp.release();
  }

  private void run() {
    try {
      while (!closed) {
        if (wakeUp.tryAcquire(RETRY_SECONDS, TimeUnit.SECONDS)) {
          wakeUp.drainPermits();
        }
        for (KeySession session : sessions.all()) {
          tell(session);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(KeySession session) {
    String name = session.getSessionId();
    try {
      List<ReservedKey> burnt = ledger.untoldBurns(name, KEYS_PER_NOTICE);
      while (!burnt.isEmpty() && !closed) {
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
