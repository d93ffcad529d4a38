package net.bellwether.emulator;

import net.bellwether.emulator.nature.Happening;
import net.bellwether.emulator.nature.LinkCondition;
import net.bellwether.emulator.nature.NatureReport;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ApplyRequest;
import net.bellwether.v1.DescribeResponse;
import net.bellwether.v1.NatureLink;
import net.bellwether.v1.NatureNode;

/// Messages of the nature service from and to what nature understands.
final class NatureMessages {
  private static final double PICOS_PER_MILLI = 1e9;

  private NatureMessages() {}

  /// IllegalArgumentException names the field that is wrong.
  static Happening happening(ApplyRequest request) {
    return switch (request.getHappeningCase()) {
      case CUT_LINK -> new Happening.CutLink(LinkId.of(request.getCutLink().getLink()));
      case REPAIR_LINK -> new Happening.RepairLink(LinkId.of(request.getRepairLink().getLink()));
      case DEGRADE_LINK ->
          new Happening.DegradeLink(
              LinkId.of(request.getDegradeLink().getLink()),
              request.getDegradeLink().getSuccessFactor(),
              request.getDegradeLink().getWhiteNoise());
      case RAISE_DARK_COUNTS ->
          new Happening.RaiseDarkCounts(
              LinkId.of(request.getRaiseDarkCounts().getLink()),
              request.getRaiseDarkCounts().getFactor());
      case DRIFT_FIDELITY ->
          new Happening.DriftFidelity(
              LinkId.of(request.getDriftFidelity().getLink()),
              request.getDriftFidelity().getWhiteNoisePerHour());
      case INTERCEPT_RESEND ->
          new Happening.InterceptResend(
              LinkId.of(request.getInterceptResend().getLink()),
              request.getInterceptResend().getFraction());
      case SHORTEN_COHERENCE ->
          new Happening.ShortenCoherence(
              NodeId.of(request.getShortenCoherence().getNode()),
              request.getShortenCoherence().getFactor());
      case BREAK_MEMORIES ->
          new Happening.BreakMemories(
              NodeId.of(request.getBreakMemories().getNode()),
              request.getBreakMemories().getCount());
      case REPAIR_NODE -> new Happening.RepairNode(NodeId.of(request.getRepairNode().getNode()));
      case SHIFT_CLOCK ->
          new Happening.ShiftClock(
              NodeId.of(request.getShiftClock().getNode()),
              request.getShiftClock().getOffsetMillis());
      case HAPPENING_NOT_SET ->
          throw new IllegalArgumentException("happening (none) must say what shall happen");
    };
  }

  static DescribeResponse report(NatureReport report) {
    DescribeResponse.Builder response =
        DescribeResponse.newBuilder()
            .setFrame(report.frame())
            .setLivePairCount(report.livePairCount());
    report.links().forEach(link -> response.addLinks(link(link)));
    report.nodes().forEach(node -> response.addNodes(node(node)));
    return response.build();
  }

  private static NatureLink link(NatureReport.OfLink link) {
    LinkCondition condition = link.condition();
    return NatureLink.newBuilder()
        .setLink(link.link().value())
        .setCut(condition.cut())
        .setSuccessFactor(condition.successFactor())
        .setWhiteNoise(link.whiteNoise())
        .setWhiteNoisePerHour(condition.whiteNoisePerHour())
        .setDarkCountFactor(condition.darkCountFactor())
        .setInterceptedFraction(condition.interceptedFraction())
        .setAttemptCount(link.attemptCount())
        .setHeraldCount(link.heraldCount())
        .build();
  }

  private static NatureNode node(NatureReport.OfNode node) {
    return NatureNode.newBuilder()
        .setNode(node.node().value())
        .setAttached(node.attached())
        .setCoherenceFactor(node.condition().coherenceFactor())
        .setBrokenMemoryCount(node.condition().brokenMemoryCount())
        .setHeldQubitCount(node.heldQubitCount())
        .setKeptQubitCount(node.keptQubitCount())
        .setForgottenQubitCount(node.forgottenQubitCount())
        .setClockOffsetMillis(node.condition().clockOffsetPicos() / PICOS_PER_MILLI)
        .build();
  }
}
