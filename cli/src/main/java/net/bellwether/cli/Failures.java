package net.bellwether.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.Objects;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What went wrong, as one to few lines and an exit code; never a stack trace.
final class Failures {
  private Failures() {}

  static int ofParameters(ParameterException error, PrintWriter err) {
    if (error.getCause() instanceof CommandFailure failure) {
      return print(err, failure.exit(), failure.getMessage());
    }
    err.println("error: " + error.getMessage());
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("try: " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE.code();
  }

  static int ofExecution(Exception error, Bellctl root) {
    return switch (error) {
      case CommandFailure failure -> print(root.err(), failure.exit(), failure.getMessage());
      case StatusRuntimeException status -> print(root.err(), exit(status), explain(status, root));
      case IllegalArgumentException mistake -> print(root.err(), Exit.USAGE, mistake.getMessage());
      default -> print(root.err(), Exit.FAILED, "unexpected: " + error);
    };
  }

  static Exit exit(StatusRuntimeException error) {
    return switch (error.getStatus().getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Exit.USAGE;
      case UNAVAILABLE -> Exit.UNREACHABLE;
      case PERMISSION_DENIED, UNAUTHENTICATED -> Exit.PERMISSION_DENIED;
      case NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, RESOURCE_EXHAUSTED, ABORTED ->
          Exit.REFUSED;
      case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
          Exit.FAILED;
    };
  }

  private static String explain(StatusRuntimeException error, Bellctl root) {
    String text = RpcErrors.describe(error);
    return switch (exit(error)) {
      case UNREACHABLE ->
          "cannot reach the controller at "
              + root.controller()
              + ": "
              + text
              + "\ncheck that it runs, the address, and that both certificates are of one authority";
      case PERMISSION_DENIED -> "permission denied: " + text;
      case FAILED ->
          error.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
              ? "no answer in time; whether the server acted is unknown"
              : text;
      case OK, REFUSED, USAGE -> text;
    };
  }

  private static int print(PrintWriter err, Exit exit, @Nullable String text) {
    err.println("error: " + Objects.requireNonNullElse(text, "unknown"));
    return exit.code();
  }
}
