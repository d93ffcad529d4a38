package net.bellwether.agent.engine;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;

/// What one agent tells another about one pair.
public sealed interface PairMessage {
  Header header();

  /// Flow and generation of the pair, start of its round, and the network time of sending.
  record Header(FlowId flow, long generation, NetworkTime roundStart, NetworkTime stamp) {
    Header at(NetworkTime later) {
      return new Header(flow, generation, roundStart, later);
    }
  }

  /// A swap was made of the receiver's pair `consumed`; the receiver now holds one half of
  /// `result`, the other being at `otherEnd`. Without `succeeded` the pair is gone.
  record SwapNotice(
      Header header,
      int resultStage,
      PairId consumed,
      PairId result,
      Pauli frame,
      boolean succeeded,
      NodeId otherEnd)
      implements PairMessage {}

  /// The initiator picked two pairs and measured `sacrificed`.
  record PurifyRequest(
      Header header, int outputStage, PairId kept, PairId sacrificed, boolean outcome)
      implements PairMessage {}

  /// The responder's answer; `gone` where it lacks a pair, then both are discarded.
  record PurifyReply(
      Header header,
      int outputStage,
      PairId kept,
      PairId sacrificed,
      boolean succeeded,
      boolean gone)
      implements PairMessage {}

  /// The sender keeps its half of a finished pair for an application; or, without `kept`, holds it
  /// no more, and the receiver releases its own.
  record KeepNotice(Header header, PairId pair, boolean kept) implements PairMessage {}
}
