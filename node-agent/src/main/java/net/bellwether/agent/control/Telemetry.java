package net.bellwether.agent.control;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.agent.clock.ClockOffset;
import net.bellwether.agent.engine.FlowCount;
import net.bellwether.agent.engine.QubitCount;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.FlowCounters;
import net.bellwether.v1.QubitCounts;
import net.bellwether.v1.TelemetryReport;
import net.bellwether.v1.TestOutcomes;
import net.bellwether.wire.Vocabulary;

/// Gathers what is to be reported until the next report. Without a controller counts add up and the
/// oldest test outcomes give way.
///
/// Not safe for use by several threads.
public final class Telemetry {
  /// Outcomes kept and reported at once.
  static final int TEST_OUTCOMES_MAX = OutcomeFrame.OUTCOMES_MAX;

  private final List<TestOutcome> tests = new ArrayList<>();
  private NetworkTime reportedUntil = NetworkTime.startOfFrame(0);
  private long droppedTestCount;

  private record TestLine(LinkId link, String mode, long epoch) {}

  public void add(List<TestOutcome> outcomes) {
    tests.addAll(outcomes);
    int excess = tests.size() - TEST_OUTCOMES_MAX;
    if (excess > 0) {
      tests.subList(0, excess).clear();
      droppedTestCount += excess;
    }
  }

  /// Test outcomes that gave way.
  public long droppedTestCount() {
    return droppedTestCount;
  }

  /// The report of everything since the last one, with how far the clocks of peers are off now.
  public TelemetryReport.Builder take(RuleEngine engine, SequencedMap<NodeId, ClockOffset> clocks) {
    NetworkTime now = engine.completeUntil();
    // A device whose clock went back has told of nothing but this instant.
    boolean known = reportedUntil.frame() > 0 && reportedUntil.compareTo(now) <= 0;
    NetworkTime from = known ? reportedUntil : now;
    TelemetryReport.Builder report =
        TelemetryReport.newBuilder()
            .setFrom(Vocabulary.toProto(from))
            .setTo(Vocabulary.toProto(now));
    reportedUntil = now;
    engine.takeCounts().forEach(count -> add(report, count));
    takeTests().forEach(report::addTests);
    engine
        .qubits()
        .ifPresent(
            count -> report.setQubits(qubits(count).setKept(engine.count().keptQubitCount())));
    clocks.forEach((peer, offset) ->
        report.addClocks(
            net.bellwether.v1.ClockOffset.newBuilder()
                .setPeer(peer.value())
                .setOffsetNanos(offset.offsetNanos())
                .setUncertaintyNanos(offset.uncertaintyNanos())));
    return report;
  }

  private static QubitCounts.Builder qubits(QubitCount count) {
    return QubitCounts.newBuilder()
        .setFree(count.free())
        .setGenerating(count.generating())
        .setHolding(count.holding())
        .setWaiting(count.waiting());
  }

  private static void add(TelemetryReport.Builder report, FlowCount count) {
    for (FlowCount.LinkCount link : count.links()) {
      if (count.frameCount() > 0 || link.heraldCount() > 0) {
        report.addFlows(
            counters(count)
                .setFrameCount(count.frameCount())
                .setLink(link.link().value())
                .setMode(link.mode())
                .setHeraldCount(link.heraldCount())
                .setAttemptCount(link.attemptCount()));
      }
    }
    if (count.settledFrameCount() > 0 || count.deliveredCount() > 0 || count.expiredCount() > 0) {
      report.addFlows(
          counters(count)
              .setFrameCount(count.settledFrameCount())
              .setDeliveredCount(count.deliveredCount())
              .setExpiredCount(count.expiredCount()));
    }
  }

  private static FlowCounters.Builder counters(FlowCount count) {
    return FlowCounters.newBuilder()
        .setFlow(count.flow().value())
        .setGeneration(count.generation());
  }

  private List<TestOutcomes> takeTests() {
    Map<TestLine, SequencedMap<Long, Boolean>> lines = new LinkedHashMap<>();
    for (TestOutcome test : tests) {
      TestLine line = new TestLine(test.pair().link(), test.mode(), test.pair().epoch());
      lines.computeIfAbsent(line, _ -> new TreeMap<>()).put(test.pair().sequence(), test.bit());
    }
    tests.clear();
    List<TestOutcomes> outcomes = new ArrayList<>();
    lines.forEach((line, bits) -> {
      OutcomeFrame.Writer frame = new OutcomeFrame.Writer();
      bits.forEach(frame::add);
      outcomes.add(
          TestOutcomes.newBuilder()
              .setLink(line.link().value())
              .setMode(line.mode())
              .setEpoch(line.epoch())
              .setOutcomes(UnsafeByteOperations.unsafeWrap(frame.frame().bytes()))
              .build());
    });
    return outcomes;
  }
}
