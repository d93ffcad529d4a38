package net.bellwether.agent.engine;

import java.util.random.RandomGenerator;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import org.jspecify.annotations.Nullable;

/// What the rounds of one engine share: who they are, where effects go, names for new pairs,
/// commands under way, and the totals that bound memory.
final class Bench {
  final NodeId node;
  final Effects effects;
  final RandomGenerator random;
  final PendingOperations pending = new PendingOperations();
  private final long bootEpoch;
  private long lastSwap;
  long livePairCount;

  /// Qubits of live pairs that the device keeps for us.
  long heldQubitCount;

  /// Memory qubits that hold halves beyond their rounds, handed to applications or about to be.
  long keptQubitCount;

  /// Halves that the device refused to keep, and those whose application let the deadline pass.
  long keepRefusedCount;

  long keptExpiredCount;

  long heldMessageCount;
  long droppedMessageCount;
  long strayHeraldCount;
  long refusedCommandCount;

  Bench(NodeId node, long bootEpoch, RandomGenerator random, Effects effects) {
    this.node = node;
    this.bootEpoch = bootEpoch;
    this.random = random;
    this.effects = effects;
  }

  PairId.Swapped nextSwapped() {
    return new PairId.Swapped(node, bootEpoch, ++lastSwap);
  }

  @Nullable Operation take(long tag) {
    return pending.take(tag);
  }
}
