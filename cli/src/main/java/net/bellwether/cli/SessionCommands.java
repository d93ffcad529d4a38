package net.bellwether.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.bellwether.v1.CloseSessionRequest;
import net.bellwether.v1.GetSessionRequest;
import net.bellwether.v1.OpenSessionRequest;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.SessionState;
import net.bellwether.v1.WatchSessionRequest;
import net.bellwether.v1.WatchSessionResponse;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bellctl session`.
@Command(name = "session", description = "Sessions: entanglement promised until closed.")
final class SessionCommands {
  /// Installing takes seconds; an agent that is away may take longer than a person waits.
  private static final long WAIT_SECONDS = 120;

  private final Bellctl root;

  SessionCommands(Bellctl root) {
    this.root = root;
  }

  @Command(
      name = "open",
      description = {
        "Opens a session between two consumers.",
        "A refusal prints the command that would be accepted now, where there is one."
      })
  int open(
      @Option(names = "--from", required = true, paramLabel = "SAE@NODE", description = "one end")
          String from,
      @Option(names = "--to", required = true, paramLabel = "SAE@NODE", description = "other end")
          String to,
      @Option(
              names = "--pairs-per-second",
              paramLabel = "R",
              description = "rate to promise; without it: all that is free now")
          @Nullable Double pairsPerSecond,
      @Option(
              names = "--min-fidelity",
              paramLabel = "F",
              description = "floor in (0.5, 1]; without it: best secret key rate")
          @Nullable Double minFidelity,
      @Option(
              names = "--keep",
              description =
                  "the consumers measure the pairs themselves; nodes keep them until then")
          boolean keep,
      @Option(
              names = "--hold",
              paramLabel = "TIME",
              description = "with --keep: how long a node keeps a half, for example 500ms or 2s")
          @Nullable String hold,
      @Option(
              names = "--request-id",
              paramLabel = "ID",
              description = "repeating a request with its id opens no second session")
          @Nullable String requestId,
      @Option(names = "--wait", description = "wait until its rules are in force") boolean wait) {
    SessionSpec spec = SessionWish.spec(from, to, pairsPerSecond, minFidelity, keep, hold);
    String id = requestId == null ? UUID.randomUUID().toString() : requestId;
    try (ControllerConnection controller = root.connect()) {
      Session session = open(controller, spec, id);
      if (wait) {
        session = awaitInForce(controller, session);
      }
      Session last = session;
      Answers.print(root, last, () -> SessionTable.show(last));
      return wait && last.getState() != SessionState.SESSION_STATE_ACTIVE
          ? Exit.REFUSED.code()
          : Exit.OK.code();
    }
  }

  @Command(name = "ls", description = "Lists sessions: your own, or all of them for an operator.")
  int list(@Option(names = "--all", description = "closed ones too") boolean all) {
    try (ControllerConnection controller = root.connect()) {
      List<Session> sessions = controller.allSessions(all);
      Answers.printAll(root, "sessions", sessions, () -> SessionTable.list(sessions));
    }
    return Exit.OK.code();
  }

  @Command(name = "show", description = "Shows a session, its plan and what it achieves.")
  int show(@Parameters(paramLabel = "ID", description = "session name") String id) {
    try (ControllerConnection controller = root.connect()) {
      Session session =
          controller
              .sessions()
              .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
              .getSession();
      Answers.print(root, session, () -> SessionTable.show(session));
    }
    return Exit.OK.code();
  }

  @Command(name = "watch", description = "Prints a session at every change until it is closed.")
  int watch(@Parameters(paramLabel = "ID", description = "session name") String id) {
    try (ControllerConnection controller = root.connect()) {
      controller
          .watching()
          .watchSession(WatchSessionRequest.newBuilder().setSessionId(id).build())
          .forEachRemaining(update ->
              Answers.printNext(
                  root, update.getSession(), () -> SessionTable.line(update.getSession())));
    }
    return Exit.OK.code();
  }

  @Command(name = "close", description = "Closes a session; its stock of keys stays.")
  int close(@Parameters(paramLabel = "ID", description = "session name") String id) {
    try (ControllerConnection controller = root.connect()) {
      Session session =
          controller
              .sessions()
              .closeSession(CloseSessionRequest.newBuilder().setSessionId(id).build())
              .getSession();
      Answers.print(root, session, () -> SessionTable.line(session) + "\n");
    }
    return Exit.OK.code();
  }

  private static Session open(ControllerConnection controller, SessionSpec spec, String requestId) {
    try {
      return controller
          .sessions()
          .openSession(
              OpenSessionRequest.newBuilder().setRequestId(requestId).setSpec(spec).build())
          .getSession();
    } catch (StatusRuntimeException e) {
      var offer = SessionWish.counterOffer(e, spec);
      if (offer.isPresent()) {
        throw new CommandFailure(
            Exit.REFUSED,
            "refused: "
                + RpcErrors.describe(e)
                + "\nthis would be accepted now:\n  "
                + offer.get());
      }
      if (Failures.exit(e) == Exit.FAILED) {
        throw new CommandFailure(
            Exit.FAILED,
            "%s: %s\nwhether the session was opened is unknown; the same command with --request-id %s finds out and opens no second one"
                .formatted(e.getStatus().getCode(), RpcErrors.describe(e), requestId));
      }
      throw e;
    }
  }

  /// Follows the session out of PENDING, with progress on standard error.
  private Session awaitInForce(ControllerConnection controller, Session opened) {
    Session session = opened;
    try {
      Iterator<WatchSessionResponse> updates =
          controller
              .watching()
              .withDeadlineAfter(WAIT_SECONDS, TimeUnit.SECONDS)
              .watchSession(
                  WatchSessionRequest.newBuilder().setSessionId(opened.getSessionId()).build());
      while (session.getState() == SessionState.SESSION_STATE_PENDING && updates.hasNext()) {
        session = updates.next().getSession();
        root.err().println(SessionTable.line(session));
        root.err().flush();
      }
      return session;
    } catch (StatusRuntimeException e) {
      String reason =
          e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
              ? "still pending after " + WAIT_SECONDS + " s"
              : "no longer watched: " + RpcErrors.describe(e);
      throw new CommandFailure(
          Exit.FAILED,
          "session %s is open but %s\nfollow it: bellctl session watch %s"
              .formatted(session.getSessionId(), reason, session.getSessionId()));
    }
  }
}
