package net.bellwether.scheduler.stage;

import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// One class of interchangeable pairs of a plan. All times of a stage hang on one event, its
/// source: the herald, the swap's measurement, or the responder's measurement of a purification.
/// `delayPicos` is how long after the last herald it waits for the source to fall at the latest
/// (messages only); a pair enters at an end `leftEntryPicos` or `rightEntryPicos` after its source.
public record Stage(
    int number,
    Origin origin,
    NodeId left,
    NodeId right,
    long delayPicos,
    long leftEntryPicos,
    long rightEntryPicos) {

  /// Time from the source to the entry at `end`.
  public long entryPicos(NodeId end) {
    return end.equals(left) ? leftEntryPicos : rightEntryPicos;
  }

  /// How a stage's pairs come to be.
  public sealed interface Origin {
    /// Heralded on a link.
    record Generated(LinkMode mode) implements Origin {}

    /// Swapped at a node.
    record Swapped(Stage leftInput, Stage rightInput, NodeId at) implements Origin {}

    /// Distilled from two consecutive pairs of `input`; `leftInitiates` says which end measures
    /// first and names the pairs, `latencyPicos` is how far apart the ends are.
    record Purified(
        Stage input, PurificationProtocol protocol, boolean leftInitiates, long latencyPicos)
        implements Origin {
      /// From the source of the second input to the initiator's operation.
      public long initiatorPicos() {
        return leftInitiates ? input.leftEntryPicos() : input.rightEntryPicos();
      }

      /// From the source of the second input to the responder's operation: the request must have
      /// arrived and both pairs must be there.
      public long responderPicos() {
        long ownEntry = leftInitiates ? input.rightEntryPicos() : input.leftEntryPicos();
        return Math.max(initiatorPicos() + latencyPicos, ownEntry);
      }
    }
  }
}
