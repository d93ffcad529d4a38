package net.bellwether.cli;

import net.bellwether.v1.ListSessionsRequest;
import net.bellwether.v1.ListSessionsResponse;
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
      ListSessionsResponse response =
          controller.sessions().listSessions(ListSessionsRequest.getDefaultInstance());
      Answers.print(root, response, () -> SessionTable.keys(response.getSessionsList()));
    }
    return Exit.OK.code();
  }
}
