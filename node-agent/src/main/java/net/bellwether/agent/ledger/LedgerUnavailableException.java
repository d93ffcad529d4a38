package net.bellwether.agent.ledger;

/// The ledger cannot work now: its disk failed, it is overloaded or closed. Nothing that was asked
/// has been acknowledged.
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LedgerUnavailableException(String message) {
    super(message);
  }

  LedgerUnavailableException(Exception cause) {
    super("key ledger cannot be written: " + cause.getMessage(), cause);
  }
}
