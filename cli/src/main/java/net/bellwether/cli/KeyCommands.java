package net.bellwether.cli;

import java.util.List;
import net.bellwether.v1.Session;
import picocli.CommandLine.Command;

/// `bellctl key`. Amounts and error rates only: keys themselves are fetched at the nodes, by
/// consumers, over ETSI GS QKD 014.
@Command(name = "key", description = "Key made by sessions: amounts, never bits.")
final class KeyCommands {
  private final Bellctl root;

  KeyCommands(Bellctl root) {
    this.root = root;
  }

  @Command(name = "status", description = "Key made by each session, against the prediction.")
  int status() {
    try (ControllerConnection controller = root.connect()) {
      List<Session> sessions = controller.allSessions(false);
      Answers.printAll(root, "sessions", sessions, () -> SessionTable.keys(sessions));
    }
    return Exit.OK.code();
  }
}
