package net.bellwether.cli;

import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.ListLinksRequest;
import net.bellwether.v1.ListLinksResponse;
import picocli.CommandLine.Command;

/// `bellctl link`.
@Command(name = "link", description = "Links, declared against measured.")
final class LinkCommands {
  private final Bellctl root;

  LinkCommands(Bellctl root) {
    this.root = root;
  }

  @Command(name = "ls", description = "Lists links and modes with what the tracker knows.")
  int list() {
    try (ControllerConnection controller = root.connect()) {
      ListLinksResponse response =
          controller.topology().listLinks(ListLinksRequest.getDefaultInstance());
      Answers.print(root, response, () -> table(response));
    }
    return Exit.OK.code();
  }

  private static String table(ListLinksResponse response) {
    Table table =
        new Table(
            "LINK",
            "MODE",
            "ENDS",
            "KM",
            "DECLARED/S",
            "MEASURED/S",
            "F DECLARED",
            "F MEASURED",
            "TEST PAIRS",
            "HELD",
            "STATE");
    for (LinkStatus link : response.getLinksList()) {
      boolean measured = link.hasEstimatedState();
      table.row(
          link.getLink(),
          link.getMode(),
          link.getNodeA() + "–" + link.getNodeB(),
          Figures.rate(link.getLengthKm()),
          Figures.rate(link.getDeclaredPairsPerSecond()),
          measured ? Figures.rate(link.getEstimatedPairsPerSecond()) : "-",
          Figures.fidelity(link.getDeclaredFidelity()),
          measured
              ? Figures.fidelity(link.getEstimatedState().getI())
                  + " ± "
                  + Figures.fidelity(link.getFidelityHalfWidth())
              : "-",
          String.valueOf(link.getTestPairCount()),
          Figures.percent(link.getCommittedShare()),
          link.getDegraded() ? "degraded" : "ok");
    }
    return table.text();
  }
}
