package net.bellwether.agent.distill;

/// First byte of a frame. L: sent by the leading end, F: by the following end.
enum FrameType {
  /// L: version of the protocol.
  HELLO(1),
  /// F: highest block ever stored, blocks not yet known to be durable at both ends.
  WELCOME(2),
  /// L: which of those it has.
  SETTLED(3),
  /// L: ids and bases of settled pairs.
  ANNOUNCE(4),
  /// F: which of them match, and its outcomes outside the key basis.
  MATCHES(5),
  /// L: its outcomes outside the key basis.
  DISCLOSE(6),
  /// L: begin to reconcile a gathered block.
  BLOCK(7),
  /// F: parities wanted.
  ASK(8),
  /// L: parities.
  PARITIES(9),
  /// F: nothing left to correct.
  CONVERGED(10),
  /// L: seed and value of the verification hash.
  TAG(11),
  /// F: whether its value agrees, and how many errors it corrected.
  VERDICT(12),
  /// L: length of the key and seed of the privacy amplification.
  AMPLIFY(13),
  /// F: the block is durable.
  STORED(14),
  /// L: the block is durable here too.
  CONFIRMED(15),
  /// F: gives the block up while reconciling.
  ABANDON(16);

  private static final FrameType[] TYPES = values();

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static FrameType of(byte code) {
    for (FrameType type : TYPES) {
      if (type.code == code) {
        return type;
      }
    }
    throw new ProtocolViolation("unknown frame type " + code);
  }
}
