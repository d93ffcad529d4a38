package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;

/// Effects of an engine as lines of text, and short names for what goes in. Times are microseconds
/// in frame 100.
final class Lines implements Effects {
  static final FlowId FLOW = FlowId.of("f");
  static final long FRAME = 100;

  /// Forty rounds of 2 ms from 5 ms on, the first half of each attempting.
  static final Rounds ROUNDS = new Rounds(5_000_000_000L, 1_000_000_000L, 2_000_000_000L, 40);

  private final List<String> lines = new ArrayList<>();

  static NetworkTime us(double micros) {
    return new NetworkTime(FRAME, Math.round(micros * 1e6));
  }

  static PairId.Elementary pair(String link, long sequence) {
    return new PairId.Elementary(LinkId.of(link), 1, sequence);
  }

  static PairId.Swapped swapped(String node, long counter) {
    return new PairId.Swapped(NodeId.of(node), 7, counter);
  }

  static RuleSet ruleSet(String node, long generation, Rule... rules) {
    return new RuleSet(
        FLOW,
        generation,
        NodeId.of(node),
        ROUNDS,
        List.of(rules),
        java.util.Map.of(
            NodeId.of("a"), 10_000_000L, NodeId.of("b"), 10_000_000L, NodeId.of("c"), 10_000_000L));
  }

  /// Into stage 0 on link ab, 1 on any other.
  static Herald herald(String link, long sequence, double micros, Pauli bell) {
    return herald(link, sequence, micros, bell, link.equals("ab") ? 0 : 1);
  }

  static Herald herald(String link, long sequence, double micros, Pauli bell, int stage) {
    return new Herald(pair(link, sequence), us(micros), bell, FLOW, 1, stage);
  }

  static PairMessage.Header header(double micros) {
    long round = (long) ((micros - 5000) / 2000);
    return new PairMessage.Header(FLOW, 1, ROUNDS.start(FRAME, (int) round), us(micros));
  }

  /// What was done since the last call.
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private static String at(NetworkTime time) {
    return " @" + (time.frame() - FRAME) + ":" + time.picos() / 1_000_000;
  }

  @Override
  public void command(DeviceCommand command) {
    lines.add(
        switch (command) {
          case DeviceCommand.Swap swap ->
              "swap "
                  + swap.left()
                  + " "
                  + swap.right()
                  + " -> "
                  + swap.result()
                  + at(swap.stamp())
                  + " #"
                  + swap.tag();
          case DeviceCommand.Purify purify ->
              "purify "
                  + purify.kept()
                  + " by "
                  + purify.sacrificed()
                  + " "
                  + purify.protocol()
                  + at(purify.stamp())
                  + " #"
                  + purify.tag();
          case DeviceCommand.Measure measure ->
              "measure "
                  + measure.pair()
                  + " "
                  + measure.basis()
                  + at(measure.stamp())
                  + " #"
                  + measure.tag();
          case DeviceCommand.MeasureAlong along ->
              "measure "
                  + along.pair()
                  + " along "
                  + along.direction()
                  + at(along.stamp())
                  + " #"
                  + along.tag();
          case DeviceCommand.Keep keep ->
              "keep "
                  + keep.pair()
                  + at(keep.stamp())
                  + " until"
                  + at(keep.deadline())
                  + " #"
                  + keep.tag();
          case DeviceCommand.Release release -> "release " + release.pair() + at(release.stamp());
        });
  }

  @Override
  public void send(NodeId peer, PairMessage message) {
    String head = "to " + peer + ": ";
    lines.add(
        switch (message) {
          case PairMessage.SwapNotice notice ->
              head
                  + (notice.succeeded()
                      ? notice.consumed()
                          + " is "
                          + notice.result()
                          + " "
                          + notice.frame()
                          + " with "
                          + notice.otherEnd()
                          + " in stage "
                          + notice.resultStage()
                      : notice.consumed() + " is lost")
                  + at(notice.header().stamp());
          case PairMessage.PurifyRequest request ->
              head
                  + "purified "
                  + request.kept()
                  + " by "
                  + request.sacrificed()
                  + " "
                  + (request.outcome() ? 1 : 0)
                  + at(request.header().stamp());
          case PairMessage.PurifyReply reply ->
              head
                  + reply.kept()
                  + (reply.gone() ? " gone" : reply.succeeded() ? " kept" : " failed")
                  + at(reply.header().stamp());
          case PairMessage.KeepNotice notice ->
              head
                  + (notice.kept() ? "keeps " : "does not keep ")
                  + notice.pair()
                  + at(notice.header().stamp());
        });
  }

  @Override
  public void deliver(DeliveredPair pair) {
    lines.add(
        "deliver "
            + pair.pair()
            + " "
            + pair.basis()
            + " "
            + (pair.bit() ? 1 : 0)
            + (pair.tomography() ? " tomography" : ""));
  }

  @Override
  public void tell(KeptEvent event) {
    lines.add(
        switch (event) {
          case KeptEvent.Handed handed ->
              "hand over " + handed.pair() + " " + handed.half().bellIndex();
          case KeptEvent.Measured measured ->
              "measured " + measured.pair() + " " + (measured.outcome() ? 1 : 0);
          case KeptEvent.Ended ended -> "ended " + ended.pair() + " " + ended.reason();
        });
  }

  @Override
  public void report(TestOutcome outcome) {
    lines.add("report " + outcome.pair() + " " + outcome.mode() + " " + (outcome.bit() ? 1 : 0));
  }

  @Override
  public void schedule(List<AttemptRequest> requests) {
    StringBuilder line = new StringBuilder("schedule");
    for (AttemptRequest request : requests) {
      line.append(' ')
          .append(request.link())
          .append('/')
          .append(request.generation())
          .append('[')
          .append(request.fromFrame())
          .append(',')
          .append(request.untilFrame())
          .append(')');
    }
    lines.add(line.toString());
  }

  @Override
  public void forget(FlowId flow, long generation) {
    lines.add("forget " + flow + "/" + generation);
  }
}
