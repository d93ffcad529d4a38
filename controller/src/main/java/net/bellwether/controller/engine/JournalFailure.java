package net.bellwether.controller.engine;

/// The journal did not take a change, or it is unknown whether it did.
final class JournalFailure extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  JournalFailure(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
