package net.bellwether.benchmarks.telemetry;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.FlowCounters;
import net.bellwether.v1.NetworkTime;
import net.bellwether.v1.TelemetryReport;
import net.bellwether.v1.TestOutcomes;

/// Reports of the two ends of a link over the same test pairs, made beforehand and sent in a cycle,
/// so that senders cost no more than sending. Runs of 16 neighbours with a gap behind, as rounds
/// leave them; one disagreement in fifty.
record Reports(int outcomesPerReport, List<ConnectRequest> atA, List<ConnectRequest> atB) {
  private static final int REPORTS = 512;
  private static final int RUN = 16;
  private static final int GAP = 40;
  private static final double ERRORS = 0.02;

  static Reports of(LinkId link, int outcomesPerReport, long frame) {
    SplittableRandom random = new SplittableRandom(outcomesPerReport);
    List<ConnectRequest> atA = new ArrayList<>();
    List<ConnectRequest> atB = new ArrayList<>();
    long sequence = 0;
    for (int i = 0; i < REPORTS; i++) {
      OutcomeFrame.Writer a = new OutcomeFrame.Writer();
      OutcomeFrame.Writer b = new OutcomeFrame.Writer();
      for (int k = 0; k < outcomesPerReport; k++) {
        sequence += k % RUN == 0 ? GAP : 1;
        boolean bit = random.nextBoolean();
        a.add(sequence, bit);
        b.add(sequence, bit ^ (random.nextDouble() < ERRORS));
      }
      atA.add(report(link, a.frame(), frame));
      atB.add(report(link, b.frame(), frame));
    }
    return new Reports(outcomesPerReport, List.copyOf(atA), List.copyOf(atB));
  }

  private static ConnectRequest report(LinkId link, OutcomeFrame outcomes, long frame) {
    NetworkTime to = NetworkTime.newBuilder().setFrame(frame).build();
    return ConnectRequest.newBuilder()
        .setTelemetry(
            TelemetryReport.newBuilder()
                .setFrom(to)
                .setTo(to)
                .addFlows(
                    FlowCounters.newBuilder()
                        .setFlow("test-" + link + "-only")
                        .setGeneration(1)
                        .setLink(link.value())
                        .setMode("only")
                        .setAttemptCount(100L * outcomes.count())
                        .setHeraldCount(outcomes.count()))
                .addTests(
                    TestOutcomes.newBuilder()
                        .setLink(link.value())
                        .setMode("only")
                        .setEpoch(1)
                        .setOutcomes(UnsafeByteOperations.unsafeWrap(outcomes.bytes()))))
        .build();
  }
}
