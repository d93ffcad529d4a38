package net.bellwether.cli;

/// Exit codes, the same for every command; documented in docs/bellctl.md.
enum Exit {
  OK(0),
  /// The network answered no: a rejected plan, a refused session, something that is not there.
  REFUSED(1),
  /// The command, a file or a value is wrong.
  USAGE(2),
  UNREACHABLE(3),
  PERMISSION_DENIED(4),
  /// The server failed, or the outcome is unknown.
  FAILED(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
