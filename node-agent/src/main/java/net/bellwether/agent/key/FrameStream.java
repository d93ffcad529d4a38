package net.bellwether.agent.key;

/// One stream of distillation frames to the peer. Used by the session's thread only.
interface FrameStream {
  void send(byte[] frame);

  /// Ends the stream; frames that still arrive from it are ignored.
  void end(String reason);
}
