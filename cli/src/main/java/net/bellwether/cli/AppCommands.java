package net.bellwether.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import net.bellwether.cli.chsh.ChshEnd;
import net.bellwether.cli.chsh.ChshResult;
import net.bellwether.cli.chsh.Side;
import net.bellwether.wire.RpcErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bellctl app`: small applications of kept pairs.
@Command(name = "app", description = "Applications that use pairs of create-and-keep sessions.")
final class AppCommands {
  private final Bellctl root;

  AppCommands(Bellctl root) {
    this.root = root;
  }

  @Command(
      name = "chsh",
      description = {
        "Measures pairs of a session at this end, and with the outcomes of the other end tells the"
            + " CHSH value beside the predicted one.",
        "Run it at both ends, as the session's consumer there (--identity): one is left, the other"
            + " right, and each reads the file that the other writes."
      })
  int chsh(
      @Option(
              names = "--agent",
              required = true,
              paramLabel = "HOST:PORT",
              description = "where the agent of this end serves applications")
          String agent,
      @Option(names = "--session", required = true, paramLabel = "ID", description = "session name")
          String session,
      @Option(names = "--side", required = true, description = "left or right") Side side,
      @Option(
              names = "--pairs",
              paramLabel = "N",
              defaultValue = "1000",
              description = "pairs to measure (default: ${DEFAULT-VALUE})")
          int pairs,
      @Option(
              names = "--min-fidelity",
              paramLabel = "F",
              defaultValue = "0",
              description = "release pairs whose predicted fidelity is below when they are read")
          double minFidelity,
      @Option(
              names = "--outcomes",
              required = true,
              paramLabel = "FILE",
              description = "where to write the outcomes of this end")
          Path outcomes,
      @Option(
              names = "--other-outcomes",
              required = true,
              paramLabel = "FILE",
              description = "where the other end writes its own; waited for")
          Path others,
      @Option(
              names = "--patience",
              paramLabel = "SECONDS",
              defaultValue = "300",
              description = "how long to wait for pairs, and for the other end")
          long patienceSeconds)
      throws InterruptedException {
    if (pairs < 1 || patienceSeconds < 1) {
      throw new CommandFailure(
          Exit.USAGE,
          "--pairs (%d) and --patience (%d) must be at least 1".formatted(pairs, patienceSeconds));
    }
    Duration patience = Duration.ofSeconds(patienceSeconds);
    try (ChshEnd end = new ChshEnd(agent, root.identity(), session, side)) {
      int measured = end.measure(pairs, minFidelity, outcomes, patience);
      root.out().printf(Locale.ROOT, "measured %d pairs of session %s%n", measured, session);
      root.out().flush();
      ChshResult result = end.compare(outcomes, others, patience);
      root.out().print(text(result));
      return Exit.OK.code();
    } catch (StatusRuntimeException e) {
      throw refused(e, agent, patienceSeconds);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CommandFailure(Exit.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static CommandFailure refused(
      StatusRuntimeException error, String agent, long patienceSeconds) {
    Exit exit = Failures.exit(error);
    if (exit == Exit.UNREACHABLE) {
      return new CommandFailure(
          exit, "cannot reach the agent at " + agent + ": " + RpcErrors.describe(error));
    }
    return error.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
        ? new CommandFailure(Exit.FAILED, "the pairs did not come within " + patienceSeconds + " s")
        : new CommandFailure(exit, RpcErrors.describe(error));
  }

  static String text(ChshResult result) {
    return result.table()
        + String.format(
            Locale.ROOT,
            """
            %d pairs measured at both ends
            CHSH value  %.3f ± %.3f
            predicted   %.3f
            classical   %.0f at most
            """,
            result.pairs(),
            result.measured(),
            result.standardError(),
            result.predicted(),
            ChshResult.CLASSICAL_BOUND);
  }
}
