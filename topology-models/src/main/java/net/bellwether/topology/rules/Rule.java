package net.bellwether.topology.rules;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.time.NetworkTime;

/// One rule of a node. A *stage* is a class of interchangeable pairs of one flow: all pairs made by
/// the same sub-plan. Stages are numbered alike at every node of the flow. A pair *enters* a stage
/// at both of its ends; each stage is the input of exactly one Swap (at one of its ends), Purify,
/// Deliver or Keep. Pairs of one stage are used oldest first, and only with pairs of their own
/// round.
public sealed interface Rule {
  /// Ask the device for pairs on a link; each one enters `stage`. A link's modes may be divided
  /// among several stages of a flow, one such rule each.
  record Attempt(int stage, LinkId link, String mode, int multiplexing, NodeId peer)
      implements Rule {}

  /// At this node, swap the oldest pair of `leftStage` with the oldest of `rightStage`, as soon as
  /// both are here; tell both far ends, where the new pair enters `resultStage`.
  record Swap(int leftStage, int rightStage, int resultStage, NodeId leftEnd, NodeId rightEnd)
      implements Rule {}

  /// Purify the oldest pair of `keptStage` with the oldest of `sacrificedStage`, as soon as both
  /// are here; where they are one stage, its two oldest pairs, of which the older is kept.
  /// Survivors enter `outputStage`. The initiator picks and measures first and tells the peer; the
  /// responder answers.
  record Purify(
      int keptStage,
      int sacrificedStage,
      int outputStage,
      PurificationProtocol protocol,
      NodeId peer,
      boolean initiator)
      implements Rule {}

  /// Measure this node's half when a pair enters `stage` (no rule after it needs the qubit).
  record Measure(int stage, BasisPolicy bases) implements Rule {}

  /// A pair that enters `stage` is finished: hand its outcome to the consumer.
  record Deliver(int stage, NodeId peer, Consumer consumer) implements Rule {}

  /// A pair that enters `stage` is finished: move this node's half to a memory qubit and hand it to
  /// `application`, once the peer has done the same. The half is dropped `holdPicos` after its
  /// entry unless it is measured or released before.
  record Keep(
      int stage, NodeId peer, Application application, long holdPicos, Prediction prediction)
      implements Rule {
    /// Memories forget within minutes.
    public static final long HOLD_PICOS_MAX = 60 * NetworkTime.PICOS_PER_SECOND;

    public Keep {
      if (holdPicos < 1 || holdPicos > HOLD_PICOS_MAX) {
        throw new IllegalArgumentException(
            "holdPicos (%d) must be in [1, %d]".formatted(holdPicos, HOLD_PICOS_MAX));
      }
    }
  }

  /// Who gets finished pairs.
  enum Consumer {
    /// Key distillation of the session.
    KEY_DISTILLATION,
    /// The controller's fidelity tracker: outcomes are reported, nothing secret is made of them.
    LINK_TEST
  }
}
