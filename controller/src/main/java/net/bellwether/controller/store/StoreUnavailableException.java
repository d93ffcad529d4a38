package net.bellwether.controller.store;

/// A shared store does not answer, or refuses; the second line of the message says what to look at.
public final class StoreUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
