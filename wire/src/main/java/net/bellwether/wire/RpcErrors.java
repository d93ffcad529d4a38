package net.bellwether.wire;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Errors of calls with the standard google.rpc details, made at a server and read at a client.
/// What a client may conclude: UNAVAILABLE is worth a retry; DEADLINE_EXCEEDED, CANCELLED, UNKNOWN
/// and INTERNAL leave the outcome unknown; everything else was refused and nothing changed.
public final class RpcErrors {
  /// Bytes of an error's message, and of its violations together. Errors travel in headers, of
  /// which clients accept 8 KiB: the message once percent-encoded (up to three times its size), and
  /// once with the details in base 64.
  static final int TEXT_BYTES_MAX = 1_200;

  /// Bytes of one violation or name.
  private static final int SENTENCE_BYTES_MAX = 400;

  /// Bytes kept for saying how many more there are.
  private static final int MORE_BYTES = 40;

  private RpcErrors() {}

  /// The first violations, and how many more there are where headers cannot carry all.
  public static StatusRuntimeException invalidArgument(List<FieldViolation> violations) {
    List<FieldViolation> carried = carried(violations);
    String text = carried.stream().map(RpcErrors::text).collect(Collectors.joining("\n"));
    int more = violations.size() - carried.size();
    return of(
        Status.Code.INVALID_ARGUMENT,
        more == 0 ? text : text + "\nand " + more + " more",
        BadRequest.newBuilder().addAllFieldViolations(carried).build());
  }

  private static List<FieldViolation> carried(List<FieldViolation> violations) {
    List<FieldViolation> carried = new ArrayList<>();
    int bytes = MORE_BYTES;
    for (FieldViolation violation : violations) {
      FieldViolation one =
          FieldViolation.newBuilder()
              .setField(clipped(violation.getField(), SENTENCE_BYTES_MAX))
              .setDescription(clipped(violation.getDescription(), SENTENCE_BYTES_MAX))
              .build();
      bytes += utf8Bytes(one.getField()) + utf8Bytes(one.getDescription()) + ": \n".length();
      if (bytes > TEXT_BYTES_MAX) {
        break;
      }
      carried.add(one);
    }
    return carried;
  }

  /// The beginning and the end of a text that is too long: the field and the rule, without the
  /// middle of the value.
  private static String clipped(String text, int bytesMax) {
    if (text.length() <= bytesMax && utf8Bytes(text) <= bytesMax) {
      return text;
    }
    // A char takes at most three bytes, as the mark between does.
    int side = Math.min(bytesMax / 6 - 1, text.length() / 2);
    return text.substring(0, side) + "…" + text.substring(text.length() - side);
  }

  private static int utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// `description` says value and rule; it need not repeat the field.
  public static StatusRuntimeException invalidArgument(String field, String description) {
    return invalidArgument(
        List.of(FieldViolation.newBuilder().setField(field).setDescription(description).build()));
  }

  /// For example `notFound("session", "s-1")`.
  public static StatusRuntimeException notFound(String what, String unclippedName) {
    String name = clipped(unclippedName, SENTENCE_BYTES_MAX);
    return of(
        Status.Code.NOT_FOUND,
        "there is no " + what + " " + name,
        ResourceInfo.newBuilder().setResourceType(what).setResourceName(name).build());
  }

  public static StatusRuntimeException alreadyExists(String message) {
    return of(Status.Code.ALREADY_EXISTS, message);
  }

  public static StatusRuntimeException permissionDenied(String message) {
    return of(Status.Code.PERMISSION_DENIED, message);
  }

  /// Refused because of the state of the network; `details` say what would be accepted.
  public static StatusRuntimeException failedPrecondition(String message, Message... details) {
    return of(Status.Code.FAILED_PRECONDITION, message, details);
  }

  public static StatusRuntimeException unavailable(String message) {
    return of(Status.Code.UNAVAILABLE, message);
  }

  /// Any code with details.
  public static StatusRuntimeException of(Status.Code code, String message, Message... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(clipped(message, TEXT_BYTES_MAX));
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /// First detail of a type, where the error carries one.
  public static <T extends Message> Optional<T> detail(Throwable error, Class<T> type) {
    com.google.rpc.@Nullable Status status = StatusProto.fromThrowable(error);
    if (status == null) {
      return Optional.empty();
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException _) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /// One to few lines for a person: the message, what it does not already say of the violations,
  /// and the reason where there was no answer at all.
  public static String describe(Throwable error) {
    @Nullable Status status = statusOf(error);
    if (status == null) {
      @Nullable String message = error.getMessage();
      return message == null ? error.getClass().getSimpleName() : message;
    }
    StringBuilder text = new StringBuilder();
    @Nullable String description = status.getDescription();
    text.append(description == null ? status.getCode().name() : description);
    detail(error, BadRequest.class)
        .ifPresent(bad -> {
          for (FieldViolation violation : bad.getFieldViolationsList()) {
            if (text.indexOf(violation.getDescription()) < 0) {
              text.append('\n').append(text(violation));
            }
          }
        });
    detail(error, ErrorInfo.class)
        .map(info -> info.getMetadataOrDefault("advice", ""))
        .filter(advice -> !advice.isEmpty())
        .ifPresent(advice -> text.append('\n').append(advice));
    @Nullable Throwable cause = rootCause(status.getCause());
    if (cause != null && cause.getMessage() != null) {
      text.append(": ").append(cause.getMessage());
    }
    return text.toString();
  }

  /// The gRPC status an error carries, or null where it did not come from a call.
  static @Nullable Status statusOf(Throwable error) {
    return switch (error) {
      case StatusRuntimeException e -> e.getStatus();
      case StatusException e -> e.getStatus();
      default -> null;
    };
  }

  private static @Nullable Throwable rootCause(@Nullable Throwable error) {
    @Nullable Throwable cause = error;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String text(FieldViolation violation) {
    return violation.getDescription().startsWith(violation.getField())
        ? violation.getDescription()
        : violation.getField() + ": " + violation.getDescription();
  }
}
