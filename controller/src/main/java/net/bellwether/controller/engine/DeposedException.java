package net.bellwether.controller.engine;

/// The journal refuses this controller's changes for good: it no longer leads.
public final class DeposedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public DeposedException(String message) {
    super(message);
  }
}
