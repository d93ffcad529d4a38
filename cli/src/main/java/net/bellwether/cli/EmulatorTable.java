package net.bellwether.cli;

import net.bellwether.v1.DescribeResponse;
import net.bellwether.v1.NatureLink;
import net.bellwether.v1.NatureNode;

/// What an emulator says of its hardware, as tables: "-" where it is as declared.
final class EmulatorTable {
  private EmulatorTable() {}

  static String of(DescribeResponse response) {
    return "frame %d, %d pairs alive\n\n%s\n%s"
        .formatted(
            response.getFrame(), response.getLivePairCount(), links(response), nodes(response));
  }

  private static String links(DescribeResponse response) {
    Table table =
        new Table(
            "LINK",
            "STATE",
            "SUCCESS X",
            "WHITE NOISE",
            "NOISE/H",
            "DARK COUNTS X",
            "RESENT",
            "ATTEMPTS",
            "HERALDS");
    for (NatureLink link : response.getLinksList()) {
      table.row(
          link.getLink(),
          link.getCut() ? "cut" : "open",
          unless(1, link.getSuccessFactor()),
          unless(0, link.getWhiteNoise()),
          unless(0, link.getWhiteNoisePerHour()),
          unless(1, link.getDarkCountFactor()),
          link.getInterceptedFraction() == 0 ? "-" : Figures.percent(link.getInterceptedFraction()),
          String.valueOf(link.getAttemptCount()),
          String.valueOf(link.getHeraldCount()));
    }
    return table.text();
  }

  private static String nodes(DescribeResponse response) {
    Table table =
        new Table(
            "NODE", "AGENT", "COHERENCE X", "BROKEN", "CLOCK", "HELD", "KEPT", "NEVER RELEASED");
    for (NatureNode node : response.getNodesList()) {
      table.row(
          node.getNode(),
          node.getAttached() ? "attached" : "away",
          unless(1, node.getCoherenceFactor()),
          node.getBrokenMemoryCount() == 0 ? "-" : String.valueOf(node.getBrokenMemoryCount()),
          node.getClockOffsetMillis() == 0
              ? "-"
              : Figures.signedMillis(node.getClockOffsetMillis()),
          String.valueOf(node.getHeldQubitCount()),
          String.valueOf(node.getKeptQubitCount()),
          String.valueOf(node.getForgottenQubitCount()));
    }
    return table.text();
  }

  private static String unless(double declared, double value) {
    return value == declared ? "-" : Figures.rate(value);
  }
}
