package net.bellwether.cli;

import net.bellwether.v1.GetLeadershipRequest;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.v1.StepDownRequest;
import net.bellwether.v1.StepDownResponse;
import picocli.CommandLine.Command;

/// `bellctl admin`.
@Command(name = "admin", description = "The controllers themselves.")
final class AdminCommands {
  private final Bellctl root;

  AdminCommands(Bellctl root) {
    this.root = root;
  }

  @Command(name = "leader", description = "Shows which controller decides.")
  int leader() {
    try (ControllerConnection controller = root.connect()) {
      GetLeadershipResponse response =
          controller.admin().getLeadership(GetLeadershipRequest.getDefaultInstance());
      Answers.print(root, response, () -> table(response));
    }
    return Exit.OK.code();
  }

  private static String table(GetLeadershipResponse response) {
    Table table = new Table("LEADER", "TERM", "STORE", "VERSION");
    table.row(
        response.getEndpoint().isEmpty() ? "the only controller" : response.getEndpoint(),
        String.valueOf(response.getTerm()),
        response.getStore(),
        response.getVersion());
    return table.text();
  }

  @Command(name = "step-down", description = "Lets another controller decide.")
  int stepDown() {
    try (ControllerConnection controller = root.connect()) {
      StepDownResponse response = controller.admin().stepDown(StepDownRequest.getDefaultInstance());
      Answers.print(
          root,
          response,
          () -> "the leader of term " + response.getEndedTerm() + " has stepped down\n");
    }
    return Exit.OK.code();
  }
}
