package net.bellwether.wire.herald;

/// What a record says.
public enum RecordKind {
  /// The receiver asks for the records of the attachment that its token names.
  HELLO(1),
  /// A pair was made.
  HERALD(2),
  /// What the next pair of a link will be numbered, so that a lost last one is missed.
  TALLY(3),
  /// Every herald before this time has been sent.
  COMPLETION(4);

  final int code;

  RecordKind(int code) {
    this.code = code;
  }
}
