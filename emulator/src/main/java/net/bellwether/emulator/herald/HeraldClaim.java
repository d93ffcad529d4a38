package net.bellwether.emulator.herald;

/// What happens to an attachment's heralds; called by the serving thread.
public interface HeraldClaim {
  /// The node has come for them, with the token and its certificate.
  void bound(HeraldSink sink);

  /// It has gone, by itself or because its sink was closed.
  void ended();
}
