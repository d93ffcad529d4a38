package net.bellwether.agent.ledger;

import java.util.Arrays;
import java.util.UUID;

/// A key on its way to its consumer. It is durably given out: whoever holds this sends it or loses
/// it, and wipes it.
@SuppressWarnings("ArrayRecordComponent") // handed over and wiped, never compared
public record DeliveredKey(UUID id, byte[] key) {
  public void wipe() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "DeliveredKey[" + id + "]";
  }
}
