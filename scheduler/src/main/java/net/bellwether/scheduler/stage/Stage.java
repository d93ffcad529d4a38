package net.bellwether.scheduler.stage;

import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;

/// One class of interchangeable pairs of a plan. All times of a stage hang on one event, its
/// source: the herald, the swap's measurement, or the responder's measurement of a purification.
/// `delayPicos` is how long after the last herald it waits for the source to fall at the latest
/// (messages only); a pair enters at an end `leftEntryPicos` or `rightEntryPicos` after its source.
/// `successProbability` is that of the operation which makes it, and `state` what comes of it,
/// where no pair has waited.
public record Stage(
    int number,
    Origin origin,
    NodeId left,
    NodeId right,
    long delayPicos,
    long leftEntryPicos,
    long rightEntryPicos,
    double successProbability,
    BellDiagonal state) {

  /// Time from the source to the entry at `end`.
  public long entryPicos(NodeId end) {
    return end.equals(left) ? leftEntryPicos : rightEntryPicos;
  }

  /// Time from the last herald to the last entry at `end`, by messages only.
  public long readyPicos(NodeId end) {
    return delayPicos + entryPicos(end);
  }

  /// How a stage's pairs come to be.
  public sealed interface Origin {
    /// Heralded on a link.
    record Generated(LinkMode mode) implements Origin {}

    /// Swapped at a node.
    record Swapped(Stage leftInput, Stage rightInput, NodeId at) implements Origin {}

    /// Distilled: the oldest pair of `kept` with the oldest of `sacrificed`, or two consecutive
    /// pairs where both are the same stage. `leftInitiates` says which end measures first and names
    /// the pairs, `latencyPicos` is how far apart the ends are. The other end has both pairs by the
    /// time the request arrives, because no news reach an end later than by way of the other one.
    record Purified(
        Stage kept,
        Stage sacrificed,
        PurificationProtocol protocol,
        boolean leftInitiates,
        long latencyPicos)
        implements Origin {
      /// Whether two consecutive pairs of one stage are purified.
      public boolean isNested() {
        return kept.number() == sacrificed.number();
      }

      public NodeId initiator() {
        return leftInitiates ? kept.left() : kept.right();
      }

      public NodeId responder() {
        return leftInitiates ? kept.right() : kept.left();
      }

      /// How much longer a half of `input` waits at the responder than at the initiator.
      public long requestPicos(Stage input) {
        return input.entryPicos(initiator()) + latencyPicos - input.entryPicos(responder());
      }

      /// From the initiator's operation to the answer.
      public long replyPicos() {
        return 2 * latencyPicos;
      }
    }
  }
}
