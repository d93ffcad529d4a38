package net.bellwether.simulation.fault.bug;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.agent.ledger.DurableRecords;
import net.bellwether.simulation.fault.world.World;

/// A disk of a ledger that says what it did not do, or keeps another bit than it was given.
public final class BadLedgerDisk implements DurableRecords {
  private final DurableRecords disk;
  private final World world;
  private final double unsynced;
  private final double flipped;

  /// Probabilities of a commit that is not made, and of a record of key material with a bit wrong.
  public BadLedgerDisk(DurableRecords disk, World world, double unsynced, double flipped) {
    this.disk = disk;
    this.world = world;
    this.unsynced = unsynced;
    this.flipped = flipped;
  }

  @Override
  public void put(String name, byte[] value) throws SQLException {
    byte[] kept = value.clone();
    if (name.startsWith("chunk/") && world.chance(flipped)) {
      kept[0] ^= 1;
    }
    disk.put(name, kept);
  }

  @Override
  public void delete(String name) throws SQLException {
    disk.delete(name);
  }

  @Override
  public void deleteRange(String from, String to) throws SQLException {
    disk.deleteRange(from, to);
  }

  @Override
  public Optional<byte[]> get(String name) throws SQLException {
    return disk.get(name);
  }

  @Override
  public SequencedMap<String, byte[]> scan(String kind) throws SQLException {
    return disk.scan(kind);
  }

  @Override
  public void commit() throws SQLException, IOException {
    if (!world.chance(unsynced)) {
      disk.commit();
    }
  }

  @Override
  public void rollback() throws SQLException {
    disk.rollback();
  }

  @Override
  public void close() throws SQLException, IOException {
    disk.close();
  }
}
