package net.bellwether.simulation.fault.key;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.agent.ledger.DurableRecords;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.Host;

/// The disk that a ledger's records are on. What was not committed is lost with the process, which
/// may be killed before and after; a commit may fail, whether or not it reached the disk.
public final class LedgerDisk implements DurableRecords {
  private final Host host;
  private final Troubles troubles;
  private final NavigableMap<String, byte[]> durable = new TreeMap<>();
  private final NavigableMap<String, Optional<byte[]>> unsynced = new TreeMap<>();
  private boolean calm;

  /// Probabilities a commit.
  public record Troubles(double failure, double death) {}

  public LedgerDisk(Host host, Troubles troubles) {
    this.host = host;
    this.troubles = troubles;
  }

  public void calm() {
    calm = true;
  }

  private boolean chance(double probability) {
    return !calm && host.world().chance(probability);
  }

  @Override
  public void put(String name, byte[] value) {
    unsynced.put(name, Optional.of(value.clone()));
  }

  @Override
  public void delete(String name) {
    unsynced.put(name, Optional.empty());
  }

  @Override
  public void deleteRange(String from, String to) {
    durable.subMap(from, to).keySet().forEach(this::delete);
    unsynced.subMap(from, to).replaceAll((_, _) -> Optional.empty());
  }

  @Override
  public Optional<byte[]> get(String name) {
    Optional<byte[]> fresh = unsynced.get(name);
    return fresh != null ? fresh : Optional.ofNullable(durable.get(name)).map(byte[]::clone);
  }

  @Override
  public SequencedMap<String, byte[]> scan(String kind) {
    NavigableMap<String, byte[]> found = new TreeMap<>(durable.subMap(kind + "/", kind + "0"));
    unsynced
        .subMap(kind + "/", kind + "0")
        .forEach((name, value) ->
            value.ifPresentOrElse(bytes -> found.put(name, bytes), () -> found.remove(name)));
    SequencedMap<String, byte[]> rest = new LinkedHashMap<>();
    found.forEach((name, bytes) -> rest.put(name.substring(kind.length() + 1), bytes));
    return rest;
  }

  @Override
  public void commit() throws IOException {
    mayDie("before its ledger is synced");
    if (chance(troubles.failure)) {
      host.world().faults().count(FaultKind.LEDGER_DISK_FAILED);
      if (host.world().chance(0.5)) {
        sync();
      }
      throw new IOException("input/output error");
    }
    sync();
    mayDie("after its ledger is synced");
  }

  private void sync() {
    unsynced.forEach((name, value) ->
        value.ifPresentOrElse(bytes -> durable.put(name, bytes), () -> durable.remove(name)));
    unsynced.clear();
  }

  private void mayDie(String when) {
    if (chance(troubles.death)) {
      host.world().faults().count(FaultKind.AGENT_CRASH);
      host.note("crashes %s", when);
      host.die();
    }
  }

  @Override
  public void rollback() {
    unsynced.clear();
  }

  @Override
  public void close() {
    unsynced.clear();
  }
}
