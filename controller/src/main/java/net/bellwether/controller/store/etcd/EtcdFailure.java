package net.bellwether.controller.store.etcd;

import io.grpc.Status;
import java.util.Objects;

/// What an error of etcd or of the way to it means, and what a person can do about it. Statuses and
/// texts are those of etcd 3.5 (api/v3rpc/rpctypes/error.go).
enum EtcdFailure {
  /// No answer: what was asked for may have happened or not; later, or at another member, it may
  /// work.
  UNCERTAIN(
      "does not answer",
      "check that a majority of its members runs, that they can be reached, and that the certificates at both ends are of the authorities expected there"),

  COMPACTED("no longer keeps that revision", "list again"),

  FUTURE("has not reached that revision", "list again"),

  LEASE_MISSING("does not know the lease", "ask for a new one"),

  /// Longer than this client takes.
  TOO_LONG("gives an answer that is too long", "ask for less at once"),

  NO_SPACE(
      "is out of space and takes no writes",
      "compact and defragment it (etcdctl compact, etcdctl defrag) or raise its --quota-backend-bytes, then etcdctl alarm disarm"),

  FORBIDDEN(
      "does not let this controller in",
      "grant the user of its certificate read and write of the prefix, or let it in without authentication of users"),

  REFUSED(
      "refuses the request",
      "its --max-txn-ops must be at least 128 and its --max-request-bytes at least 1572864");

  private final String finding;
  private final String advice;

  EtcdFailure(String finding, String advice) {
    this.finding = finding;
    this.advice = advice;
  }

  static EtcdFailure of(Status status) {
    String text = Objects.requireNonNullElse(status.getDescription(), "");
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED -> {
        if (text.contains("database space exceeded")) {
          yield NO_SPACE;
        }
        yield text.contains("exceeds maximum size") ? TOO_LONG : UNCERTAIN;
      }
      case OUT_OF_RANGE -> text.contains("compacted") ? COMPACTED : FUTURE;
      case NOT_FOUND -> LEASE_MISSING;
      case PERMISSION_DENIED, UNAUTHENTICATED -> FORBIDDEN;
      case INVALID_ARGUMENT -> REFUSED;
      default -> UNCERTAIN;
    };
  }

  /// In one line what happened, in a second what to do.
  String message(EtcdConfig config, Status status) {
    return "etcd at %s %s (%s)\n%s"
        .formatted(String.join(",", config.endpoints()), finding, text(status), advice);
  }

  /// gRPC's own description, and the cause at the bottom, which says why there is no connection.
  static String text(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().toString());
    if (status.getDescription() != null) {
      text.append(": ").append(status.getDescription());
    }
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause != null && cause.getMessage() != null) {
      text.append(", ").append(cause.getMessage());
    }
    return text.toString();
  }
}
