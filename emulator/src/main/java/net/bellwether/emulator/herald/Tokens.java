package net.bellwether.emulator.herald;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.herald.HeraldRecords;
import org.jspecify.annotations.Nullable;

/// Who may come for heralds: each token once. Safe for use by several threads.
final class Tokens {
  /// A node whose heralds wait to be claimed.
  record Expected(NodeId node, HeraldClaim claim) {}

  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, Expected> expected = new ConcurrentHashMap<>();

  byte[] issue(NodeId node, HeraldClaim claim) {
    byte[] token = new byte[HeraldRecords.TOKEN_BYTES];
    random.nextBytes(token);
    expected.put(name(token), new Expected(node, claim));
    return token;
  }

  @Nullable Expected look(byte[] token) {
    return expected.get(name(token));
  }

  /// Whether it could still be redeemed; it cannot any more.
  boolean redeem(byte[] token) {
    return expected.remove(name(token)) != null;
  }

  private static String name(byte[] token) {
    return HexFormat.of().formatHex(token);
  }
}
