package net.bellwether.cli;

import java.nio.file.Path;
import net.bellwether.v1.ExportStateRequest;
import net.bellwether.v1.GetLeadershipRequest;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.v1.ImportStateResponse;
import net.bellwether.v1.StepDownRequest;
import net.bellwether.v1.StepDownResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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

  @Command(
      name = "export",
      description = "Writes the controllers' whole state, as of one moment, to a file.")
  int export(@Parameters(paramLabel = "FILE", description = "must not exist") Path file) {
    try (ControllerConnection controller = root.connect()) {
      StateFile.Summary summary =
          StateFile.write(
              file, controller.transfers().exportState(ExportStateRequest.getDefaultInstance()));
      root.err()
          .println(
              "%d entries as of revision %d written to %s"
                  .formatted(summary.entries(), summary.revision(), file));
      root.err().flush();
    }
    return Exit.OK.code();
  }

  @Command(
      name = "import",
      description = "Puts an exported state into controllers that have none yet.")
  int restore(@Parameters(paramLabel = "FILE", description = "written by export") Path file) {
    try (ControllerConnection controller = root.connect()) {
      ImportStateResponse response = StateFile.send(file, controller.uploads());
      Answers.print(root, response, () -> response.getEntryCount() + " entries are in force\n");
    }
    return Exit.OK.code();
  }
}
