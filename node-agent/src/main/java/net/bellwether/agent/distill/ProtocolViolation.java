package net.bellwether.agent.distill;

/// A frame that the protocol does not allow now. The block in progress is lost at both ends: the
/// caller closes the stream and starts again with new state machines.
public final class ProtocolViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProtocolViolation(String message) {
    super(message);
  }
}
