package net.bellwether.agent.engine;

import java.util.HashMap;
import java.util.Map;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import org.jspecify.annotations.Nullable;

/// Messages of one round about pairs that are not ready for them here: the sender's clock may run
/// ahead of our device's report. One a pair, and bounded over all rounds of the engine.
final class EarlyMessages<M extends PairMessage> {
  private final Bench bench;
  private final Map<PairId, Early<M>> messages = new HashMap<>();

  record Early<M extends PairMessage>(NodeId sender, M message) {}

  EarlyMessages(Bench bench) {
    this.bench = bench;
  }

  void keep(PairId pair, NodeId sender, M message) {
    if (bench.heldMessageCount >= RuleEngine.HELD_MESSAGES_MAX
        || messages.putIfAbsent(pair, new Early<>(sender, message)) != null) {
      bench.droppedMessageCount++;
      return;
    }
    bench.heldMessageCount++;
  }

  @Nullable Early<M> take(PairId pair) {
    Early<M> early = messages.remove(pair);
    if (early != null) {
      bench.heldMessageCount--;
    }
    return early;
  }

  void settle() {
    bench.heldMessageCount -= messages.size();
    bench.droppedMessageCount += messages.size();
    messages.clear();
  }
}
