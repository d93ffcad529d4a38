package net.bellwether.agent.key;

import java.util.List;
import net.bellwether.v1.KeySession;

/// The key sessions that end at this node.
public interface KeySessions {
  /// Sessions in which `local` here and `peer` at the other end, both of `tenant`, share key.
  List<KeySession> between(String tenant, String local, String peer);
}
