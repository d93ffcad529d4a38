package net.bellwether.simulation.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.bellwether.agent.distill.Distillation;
import net.bellwether.agent.distill.DistillationEffect;
import net.bellwether.agent.distill.DistillationFollower;
import net.bellwether.agent.distill.DistillationLeader;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.controller.engine.Telemetry;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.tracker.KeyCounts;
import net.bellwether.controller.tracker.Stock;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// The distillation of one session's key, both ends of it, by the agents' own state machines. Their
/// public channel is quick: what one end says the other hears within the frame. A block whose two
/// halves differ is an IllegalStateException.
final class SessionKeys {
  private final RandomGenerator random;
  private final Deque<Runnable> underWay = new ArrayDeque<>();
  private final TreeMap<NodeId, End> ends = new TreeMap<>();
  private final List<Integer> newBlocks = new ArrayList<>();
  private long newFailures;
  private byte @Nullable [] keyOfFollower;

  SessionKeys(RandomGenerator random) {
    this.random = random;
  }

  private static final class End {
    private final Distillation machine;
    private final Map<Basis, Long> compared = new EnumMap<>(Basis.class);
    private final Map<Basis, Long> errors = new EnumMap<>(Basis.class);
    private long distilledBits;

    End(Distillation machine) {
      this.machine = machine;
    }
  }

  /// What a key manager has, without the session's name.
  record EndStock(Stock stock) {
    Telemetry.SessionStock of(FlowId session) {
      return new Telemetry.SessionStock(session, stock, new KeyCounts(0, 0));
    }
  }

  /// What the controller tells the key manager at `node`.
  void tell(NodeId node, Order.Keys order) {
    if (order.closed()) {
      ends.clear();
      underWay.clear();
      return;
    }
    End known = ends.get(node);
    if (known == null) {
      DistillationLeader leader =
          order.leads()
              ? new DistillationLeader(order.blockKeyBits(), 0, _ -> false, random)
              : null;
      End end = new End(leader != null ? leader : new DistillationFollower(0, List.of()));
      ends.put(node, end);
      if (ends.size() == 2) {
        open();
      }
    } else if (known.machine instanceof DistillationLeader leader) {
      leader.setBlockKeyBits(order.blockKeyBits());
    }
  }

  /// The stream is dialled once both ends know the session.
  private void open() {
    for (End end : ends.values()) {
      if (end.machine instanceof DistillationLeader leader) {
        perform(end, leader.start());
      }
    }
    settle();
  }

  /// Pairs that `node` has finished, and until when no others come.
  void accept(NodeId node, List<DeliveredPair> pairs, NetworkTime settledUntil) {
    End end = ends.get(node);
    if (end != null && ends.size() == 2) {
      perform(end, end.machine.accept(pairs, settledUntil));
      settle();
    }
  }

  private void settle() {
    for (Runnable next = underWay.poll(); next != null; next = underWay.poll()) {
      next.run();
    }
  }

  private void perform(End end, List<DistillationEffect> effects) {
    for (DistillationEffect effect : effects) {
      switch (effect) {
        case DistillationEffect.Send(byte[] frame) -> {
          End other = otherThan(end);
          underWay.add(() -> perform(other, other.machine.receive(frame)));
        }
        case DistillationEffect.Finished(long block, byte[] key) -> {
          finished(end, key);
          underWay.add(() -> perform(end, end.machine.stored(block)));
        }
        case DistillationEffect.Confirmed(long _), DistillationEffect.Missing(long _) -> {}
        case DistillationEffect.Failed(long _, String _) ->
            newFailures += end.machine instanceof DistillationLeader ? 1 : 0;
        case DistillationEffect.Compared(Basis basis, long compared, long errors) -> {
          end.compared.merge(basis, compared, Long::sum);
          end.errors.merge(basis, errors, Long::sum);
        }
      }
    }
  }

  private End otherThan(End end) {
    return ends.values().stream().filter(other -> !other.equals(end)).findFirst().orElseThrow();
  }

  /// The following end stores a block first, then the leading end.
  private void finished(End end, byte[] key) {
    int bits = key.length * Byte.SIZE;
    end.distilledBits += bits;
    if (end.machine instanceof DistillationLeader) {
      if (!Arrays.equals(key, keyOfFollower)) {
        throw new IllegalStateException("the two ends of a session hold different keys");
      }
      newBlocks.add(bits);
    } else {
      keyOfFollower = key;
    }
  }

  /// Key bits of each block that has become stock since the last call.
  List<Integer> takeBlocks() {
    List<Integer> taken = List.copyOf(newBlocks);
    newBlocks.clear();
    return taken;
  }

  /// Blocks that yielded nothing since the last call.
  long takeFailures() {
    long taken = newFailures;
    newFailures = 0;
    return taken;
  }

  Optional<EndStock> findStock(NodeId node, NetworkTime at) {
    return Optional.ofNullable(ends.get(node))
        .map(end ->
            new EndStock(
                new Stock(
                    end.distilledBits,
                    end.compared.getOrDefault(Basis.Z, 0L),
                    end.errors.getOrDefault(Basis.Z, 0L),
                    end.compared.getOrDefault(Basis.X, 0L),
                    end.errors.getOrDefault(Basis.X, 0L),
                    end.compared.getOrDefault(Basis.Y, 0L),
                    end.errors.getOrDefault(Basis.Y, 0L),
                    at)));
  }
}
