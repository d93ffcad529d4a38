package net.bellwether.agent.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Consumer;
import net.bellwether.topology.pair.Basis;

/// The durable key ledger of one node. Every method returns when what it did is on disk, or throws;
/// one writer commits the steps of many callers together. Thread-safe.
///
/// After an error of the disk the callers of the batch are told so, whatever of it reached the
/// disk, and the state is read again from there: a key may be lost then, but never given out twice.
///
/// @see LedgerUnavailableException
public final class LedgerStore implements AutoCloseable {
  private final LedgerWriter writer;

  private LedgerStore(LedgerWriter writer) {
    this.writer = writer;
  }

  /// Opens the ledger in `directory`; where there is none, one is made when the first session
  /// comes, so that a node without sessions holds no files and no memory for it. What was set aside
  /// but not delivered is burnt.
  ///
  /// @throws IllegalStateException where the ledger is damaged, or in use by another process
  public static LedgerStore open(Path directory) {
    LedgerWriter writer = new LedgerWriter(directory);
    return SealedRecords.existIn(directory)
        ? resumed(writer, "key ledger in " + directory)
        : new LedgerStore(writer);
  }

  /// The ledger kept in `records`, which works on its callers' thread and starts none.
  public static LedgerStore on(DurableRecords records) {
    return resumed(new LedgerWriter(() -> records, Runnable::run), "key ledger");
  }

  private static LedgerStore resumed(LedgerWriter writer, String name) {
    try {
      writer.open();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(name + " cannot be opened: " + e.getMessage(), e);
    }
    writer.run((ledger, records) -> {
      ledger.burnAllOwn();
      return true;
    });
    return new LedgerStore(writer);
  }

  /// Keeps what the node was told about a session.
  public void putSession(String session, byte[] description) {
    run((ledger, records) -> {
      records.putSession(session, description);
      return true;
    });
  }

  /// Descriptions by session.
  public SequencedMap<String, byte[]> sessions() {
    return writer.isOpen() ? run((ledger, records) -> records.sessions()) : new LinkedHashMap<>();
  }

  /// Stores a verified block; where this end follows it is pending until confirmed.
  public void storeBlock(String session, long block, boolean leads, byte[] key) {
    run((ledger, records) -> {
      ledger.storeBlock(session, block, leads, key.length);
      records.putMaterial(session, block, key);
      return true;
    });
  }

  public void confirmBlock(String session, long block) {
    step(ledger -> ledger.confirmBlock(session, block));
  }

  public void dropBlock(String session, long block) {
    step(ledger -> ledger.dropBlock(session, block));
  }

  public void blockFailed(String session) {
    step(ledger -> ledger.blockFailed(session));
  }

  /// A count that becomes durable with the next step that is more than a count.
  public void compared(String session, Basis basis, long compared, long errors) {
    step(ledger -> ledger.compared(session, basis, compared, errors));
  }

  /// Whether the block is here, not all spent.
  public boolean hasBlock(String session, long block) {
    return run((ledger, records) -> ledger.session(session).blocks.containsKey(block));
  }

  /// Blocks not known to be durable at the leading end.
  public List<Long> pendingBlocks(String session) {
    return run((ledger, records) ->
        ledger.session(session).blocks.values().stream()
            .filter(block -> block.pending)
            .map(block -> block.number)
            .toList());
  }

  /// Sets aside a key of `lengthBytes` from own stock of `sessions` for each id, by session; empty
  /// where stock does not suffice or the peers have not acknowledged burnt keys.
  public Optional<SequencedMap<String, List<ReservedKey>>> reserve(
      List<String> sessions, List<UUID> ids, int lengthBytes) {
    return run((ledger, records) -> ledger.reserve(sessions, ids, lengthBytes));
  }

  /// Sets aside what the peer took from its stock; all or nothing.
  public PeerReservation reserveForPeer(String session, List<ReservedKey> keys) {
    return run((ledger, records) -> ledger.reserveForPeer(session, keys));
  }

  /// Gives out keys set aside here, by session, once; all or none.
  public List<DeliveredKey> deliver(Map<String, List<UUID>> idsBySession) {
    return run((ledger, records) -> {
      List<DeliveredKey> delivered = new ArrayList<>();
      for (Map.Entry<String, List<UUID>> entry : idsBySession.entrySet()) {
        for (UUID id : entry.getValue()) {
          ReservedKey key = ledger.session(entry.getKey()).own.get(id);
          if (key != null) {
            delivered.add(new DeliveredKey(id, records.material(entry.getKey(), key)));
          }
        }
      }
      idsBySession.forEach(ledger::deliver);
      return delivered;
    });
  }

  /// Gives out keys the peer had set aside in one of `sessions`, once; empty unless all are there.
  public Optional<List<DeliveredKey>> fetch(List<String> sessions, List<UUID> ids) {
    return run((ledger, records) -> {
      Optional<SequencedMap<ReservedKey, String>> found = ledger.fetch(sessions, ids);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      List<DeliveredKey> delivered = new ArrayList<>();
      for (Map.Entry<ReservedKey, String> entry : found.get().entrySet()) {
        byte[] key = records.material(entry.getValue(), entry.getKey());
        delivered.add(new DeliveredKey(entry.getKey().id(), key));
      }
      return Optional.of(delivered);
    });
  }

  /// Burns keys set aside here; the peer has to be told.
  public void burn(String session, List<UUID> ids) {
    step(ledger -> ledger.burn(session, ids));
  }

  /// The peer burnt these.
  public void burntByPeer(String session, List<UUID> ids) {
    step(ledger -> ledger.burntByPeer(session, ids));
  }

  /// Burnt keys the peer has not acknowledged, at most `most`.
  public List<ReservedKey> untoldBurns(String session, int most) {
    return run(
        (ledger, records) -> ledger.session(session).toTell.values().stream().limit(most).toList());
  }

  public void burnsTold(String session, List<UUID> ids) {
    step(ledger -> ledger.told(session, ids));
  }

  public Stock stock(String session) {
    return run((ledger, records) -> {
      SessionLedger state = ledger.session(session);
      return new Stock(8 * state.availableBytes(), 8 * state.storedBytes(), state.counters);
    });
  }

  private void step(Consumer<KeyLedger> step) {
    run((ledger, records) -> {
      step.accept(ledger);
      return true;
    });
  }

  private <T> T run(LedgerWriter.Step<T> step) {
    return writer.run(step);
  }

  /// Ends after what is queued; steps that come later are refused.
  @Override
  public void close() {
    writer.close();
  }
}
