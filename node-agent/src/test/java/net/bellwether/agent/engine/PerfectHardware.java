package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Noiseless hardware of a few nodes: every pair is exactly the Bell state its frame says. It fails
/// the test when a qubit is used twice, before its herald, or with pairs of another generation.
final class PerfectHardware {
  private final SplittableRandom random;
  private final Map<PairId, Pair> pairs = new HashMap<>();
  private final Set<Half> halves = new HashSet<>();
  private final Set<Half> lost = new HashSet<>();
  private final Map<String, Integer> memory = new HashMap<>();

  PerfectHardware(SplittableRandom random) {
    this.random = random;
  }

  private static final class Pair {
    final long generation;
    final List<Half> halves = new ArrayList<>();
    Pauli index;
    @Nullable Basis measuredBasis;
    boolean measuredBit;
    @Nullable Boolean purified;
    @Nullable Direction measuredAlong;

    Pair(long generation, Pauli index) {
      this.generation = generation;
      this.index = index;
    }
  }

  /// One node's qubit of a pair, which a swap at the other end moves to another pair.
  private static final class Half {
    final String node;
    final NetworkTime notBefore;
    PairId pair;
    @Nullable NetworkTime deadline;

    Half(String node, NetworkTime notBefore, PairId pair) {
      this.node = node;
      this.notBefore = notBefore;
      this.pair = pair;
    }
  }

  private record Key(String node, PairId name) {}

  private final Map<Key, Half> byName = new HashMap<>();

  long generationOf(PairId id) {
    return find(id).generation;
  }

  private Pair find(PairId id) {
    Pair pair = pairs.get(id);
    if (pair == null) {
      throw new AssertionError("pair " + id + " was never made");
    }
    return pair;
  }

  void born(Herald herald, String one, String other) {
    born(herald, one, other, _ -> herald.time());
  }

  /// `heraldedAt` is by the clock of each end's device.
  void born(Herald herald, String one, String other, Function<String, NetworkTime> heraldedAt) {
    Pair pair = new Pair(herald.generation(), herald.bellIndex());
    pairs.put(herald.pair(), pair);
    for (String node : new String[] {one, other}) {
      Half half = new Half(node, heraldedAt.apply(node), herald.pair());
      pair.halves.add(half);
      halves.add(half);
      byName.put(new Key(node, herald.pair()), half);
    }
  }

  boolean holds(String node, PairId name) {
    Half half = byName.get(new Key(node, name));
    return half != null && halves.contains(half);
  }

  private Half use(String node, PairId name, NetworkTime stamp, boolean consume) {
    Half half = byName.get(new Key(node, name));
    assertThat(half).as("%s holds %s", node, name).isNotNull();
    if (half == null) {
      throw new AssertionError();
    }
    assertThat(halves).as("%s uses %s once", node, name).contains(half);
    assertThat(stamp).isGreaterThanOrEqualTo(half.notBefore);
    if (consume) {
      halves.remove(half);
    }
    return half;
  }

  /// Memory qubits of `node` for halves that are kept; without limit where this is not called.
  void limitMemory(String node, int count) {
    memory.put(node, count);
  }

  /// Drops what `node` keeps beyond its deadline.
  void dropExpired(String node, NetworkTime now) {
    lose(
        halves.stream()
            .filter(half -> half.node.equals(node))
            .filter(half -> half.deadline != null && half.deadline.compareTo(now) < 0)
            .toList());
  }

  /// The device of `node` restarts.
  void lose(String node) {
    lose(halves.stream().filter(half -> half.node.equals(node)).toList());
  }

  private void lose(List<Half> gone) {
    halves.removeAll(gone);
    lost.addAll(gone);
  }

  private boolean isLost(String node, PairId name) {
    return lost.contains(byName.get(new Key(node, name)));
  }

  private static List<PairId> named(DeviceCommand command) {
    return switch (command) {
      case DeviceCommand.Measure measure -> List.of(measure.pair());
      case DeviceCommand.MeasureAlong along -> List.of(along.pair());
      case DeviceCommand.Keep keep -> List.of(keep.pair());
      case DeviceCommand.Swap swap -> List.of(swap.left(), swap.right());
      case DeviceCommand.Purify purify -> List.of(purify.kept(), purify.sacrificed());
      case DeviceCommand.Release release -> List.of(release.pair());
    };
  }

  private DeviceOutcome keep(String node, DeviceCommand.Keep keep) {
    Half half = use(node, keep.pair(), keep.stamp(), false);
    long kept =
        halves.stream().filter(other -> other.node.equals(node) && other.deadline != null).count();
    if (kept >= memory.getOrDefault(node, Integer.MAX_VALUE)) {
      return DeviceOutcome.refused(keep.tag(), "memory is full");
    }
    half.deadline = keep.deadline();
    return DeviceOutcome.measured(keep.tag(), false);
  }

  private DeviceOutcome measureAlong(String node, DeviceCommand.MeasureAlong along) {
    Pair pair = find(use(node, along.pair(), along.stamp(), true).pair);
    Direction other = pair.measuredAlong;
    boolean bit =
        other == null
            ? random.nextBoolean()
            : pair.measuredBit
                ^ (random.nextDouble()
                    < (1 - along.direction().correlation(other, pair.index)) / 2);
    pair.measuredAlong = along.direction();
    pair.measuredBit = bit;
    return DeviceOutcome.measured(along.tag(), bit);
  }

  DeviceOutcome execute(String node, DeviceCommand command) {
    if (named(command).stream().anyMatch(name -> isLost(node, name))) {
      return DeviceOutcome.refused(command.tag(), "lost");
    }
    return switch (command) {
      case DeviceCommand.Keep keep -> keep(node, keep);
      case DeviceCommand.MeasureAlong along -> measureAlong(node, along);
      case DeviceCommand.Measure measure -> {
        Pair pair = find(use(node, measure.pair(), measure.stamp(), true).pair);
        boolean bit =
            pair.measuredBasis == measure.basis()
                ? pair.measuredBit ^ pair.index.flips(measure.basis())
                : random.nextBoolean();
        pair.measuredBasis = measure.basis();
        pair.measuredBit = bit;
        yield DeviceOutcome.measured(measure.tag(), bit);
      }
      case DeviceCommand.Swap swap -> swap(node, swap);
      case DeviceCommand.Purify purify -> purify(node, purify);
      case DeviceCommand.Release release -> {
        use(node, release.pair(), release.stamp(), true);
        yield DeviceOutcome.measured(release.tag(), false);
      }
    };
  }

  private DeviceOutcome swap(String node, DeviceCommand.Swap swap) {
    PairId left = use(node, swap.left(), swap.stamp(), true).pair;
    PairId right = use(node, swap.right(), swap.stamp(), true).pair;
    Pair one = find(left);
    Pair two = find(right);
    assertThat(one.generation).isEqualTo(two.generation);
    Pauli joint = one.index.times(two.index);
    Pauli found = Pauli.of(random.nextBoolean(), random.nextBoolean());
    Basis basis = one.measuredBasis;
    if (basis != null && basis == two.measuredBasis) {
      boolean differ = one.measuredBit ^ two.measuredBit;
      if (joint.times(found).flips(basis) != differ) {
        found = found.times(basis == Basis.X ? Pauli.Z : Pauli.X);
      }
    }
    boolean succeeded = random.nextInt(5) != 0;
    Pair result = new Pair(one.generation, joint.times(found));
    // Of two measured halves either will do: a result has at most one more measurement to come.
    result.measuredBasis = basis != null ? basis : two.measuredBasis;
    result.measuredBit = basis != null ? one.measuredBit : two.measuredBit;
    pairs.put(swap.result(), result);
    for (Pair consumed : List.of(one, two)) {
      for (Half half : consumed.halves) {
        if (!half.node.equals(node)) {
          half.pair = swap.result();
          result.halves.add(half);
          byName.put(new Key(half.node, swap.result()), half);
        }
      }
    }
    return DeviceOutcome.swapped(swap.tag(), succeeded, found);
  }

  private DeviceOutcome purify(String node, DeviceCommand.Purify purify) {
    Pair kept = find(use(node, purify.kept(), purify.stamp(), false).pair);
    Pair sacrificed = find(use(node, purify.sacrificed(), purify.stamp(), true).pair);
    assertThat(kept.generation).isEqualTo(sacrificed.generation);
    Boolean first = sacrificed.purified;
    if (first == null) {
      sacrificed.purified = random.nextBoolean();
      return DeviceOutcome.measured(purify.tag(), sacrificed.purified);
    }
    boolean exchange = purify.protocol() == PurificationProtocol.DEJMPS;
    boolean keptX = kept.index.x() ^ (exchange && kept.index.z());
    boolean sacrificedX = sacrificed.index.x() ^ (exchange && sacrificed.index.z());
    kept.index = Pauli.of(keptX, kept.index.z() ^ sacrificed.index.z());
    boolean misread = random.nextInt(5) == 0;
    return DeviceOutcome.measured(purify.tag(), first ^ keptX ^ sacrificedX ^ misread);
  }

  /// All that `node` holds is gone.
  void lost(String node) {
    halves.removeIf(half -> half.node.equals(node));
  }

  /// The half of a pair that `node` does not know of.
  void lost(String node, PairId name) {
    halves.remove(byName.get(new Key(node, name)));
  }

  void assertEveryQubitIsAccountedFor() {
    assertThat(halves).isEmpty();
  }
}
