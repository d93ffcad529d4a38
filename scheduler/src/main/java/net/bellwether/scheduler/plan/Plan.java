package net.bellwether.scheduler.plan;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// How one end-to-end pair, or one end-to-end key bit, is made: a tree. Everything else (rate,
/// state, rules, pictures) is a view of it.
public sealed interface Plan {
  NodeId left();

  NodeId right();

  /// An elementary pair, heralded on `link` in `mode`, seen from `left` to `right`.
  record Generate(LinkId link, String mode, NodeId left, NodeId right) implements Plan {}

  /// Entanglement swapping: a Bell-state measurement at `at`, the right end of `leftPart` and the
  /// left end of `rightPart`.
  record Swap(Plan leftPart, Plan rightPart, NodeId at) implements Plan {
    public Swap {
      if (!leftPart.right().equals(at) || !rightPart.left().equals(at)) {
        throw new IllegalArgumentException(
            "a swap at %s must join a part that ends there and one that begins there, not %s–%s and %s–%s"
                .formatted(
                    at, leftPart.left(), leftPart.right(), rightPart.left(), rightPart.right()));
      }
    }

    @Override
    public NodeId left() {
      return leftPart.left();
    }

    @Override
    public NodeId right() {
      return rightPart.right();
    }
  }

  /// Entanglement purification of two pairs between the same ends.
  record Purify(Plan kept, Plan sacrificed, PurificationProtocol protocol) implements Plan {
    public Purify {
      if (!kept.left().equals(sacrificed.left()) || !kept.right().equals(sacrificed.right())) {
        throw new IllegalArgumentException(
            "purification must take two pairs between the same ends, not %s–%s and %s–%s"
                .formatted(kept.left(), kept.right(), sacrificed.left(), sacrificed.right()));
      }
    }

    @Override
    public NodeId left() {
      return kept.left();
    }

    @Override
    public NodeId right() {
      return kept.right();
    }
  }

  /// Key relay by one-time pad inside the trusted node `at`; makes keys, never pairs.
  record Relay(Plan leftPart, Plan rightPart, NodeId at) implements Plan {
    public Relay {
      if (!leftPart.right().equals(at) || !rightPart.left().equals(at)) {
        throw new IllegalArgumentException(
            "a relay at " + at + " must join two parts that meet there");
      }
    }

    @Override
    public NodeId left() {
      return leftPart.left();
    }

    @Override
    public NodeId right() {
      return rightPart.right();
    }
  }
}
