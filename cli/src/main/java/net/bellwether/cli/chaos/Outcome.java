package net.bellwether.cli.chaos;

import io.grpc.StatusRuntimeException;

/// What the caller of one attempt learnt.
enum Outcome {
  ACKNOWLEDGED,
  /// Nothing was changed.
  REFUSED,
  /// It may or may not have been done; also where nobody was there to do it.
  UNKNOWN;

  static Outcome of(StatusRuntimeException error) {
    return switch (error.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL -> UNKNOWN;
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS,
          UNAUTHENTICATED ->
          REFUSED;
    };
  }
}
