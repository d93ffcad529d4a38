package net.bellwether.agent.key;

import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.UUID;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.v1.KeySession;

/// The ledger at the other end of a session, over the network: an error leaves open whether
/// anything was done.
public interface PeerKeys {
  /// Has the peer set keys aside durably.
  ///
  /// @throws StatusRuntimeException where it did not, or nobody knows
  void reserve(KeySession session, List<ReservedKey> keys);

  /// Tells the peer of burnt keys.
  ///
  /// @throws StatusRuntimeException where it was not told, or nobody knows
  void burn(KeySession session, List<UUID> ids);
}
