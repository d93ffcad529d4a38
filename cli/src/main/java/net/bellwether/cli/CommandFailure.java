package net.bellwether.cli;

/// Ends a command with a message for a person and an exit code.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Exit exit;

  CommandFailure(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
