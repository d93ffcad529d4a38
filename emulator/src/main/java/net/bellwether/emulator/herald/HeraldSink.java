package net.bellwether.emulator.herald;

import io.netty.buffer.ByteBuf;

/// The way to one node that fetches its heralds. Safe for use by several threads.
public interface HeraldSink {
  /// Sends whole records after all before them; takes them over. Never waits.
  void send(ByteBuf records);

  /// Whether the node reads what it is sent.
  boolean isRead();

  void close();
}
