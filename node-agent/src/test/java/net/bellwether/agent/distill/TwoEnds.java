package net.bellwether.agent.distill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// Both ends of a distillation and the channel between them, with a nature that makes pairs.
final class TwoEnds {
  /// An end's share of some pairs.
  record Pairs(List<DeliveredPair> leader, List<DeliveredPair> follower) {}

  /// What one end came to.
  static final class Results {
    final SequencedMap<Long, byte[]> finished = new LinkedHashMap<>();
    final SequencedSet<Long> confirmed = new LinkedHashSet<>();
    final List<Long> missing = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final Map<Basis, long[]> compared = new EnumMap<>(Basis.class);

    /// Pairs compared and errors.
    long[] compared(Basis basis) {
      return compared.getOrDefault(basis, new long[2]);
    }
  }

  final DistillationLeader leader;
  final DistillationFollower follower;
  final Results atLeader = new Results();
  final Results atFollower = new Results();
  final List<byte[]> toFollower = new ArrayList<>();
  final List<byte[]> toLeader = new ArrayList<>();

  /// What the channel does to a frame; the first argument is whether it goes to the follower.
  BiFunction<Boolean, byte[], byte[]> channel = (toFollowing, frame) -> frame;

  private final Deque<Runnable> inFlight = new ArrayDeque<>();
  private final SplittableRandom nature;
  private long sequence;
  private long frame = 1000;

  TwoEnds(int blockKeyBits, long seed) {
    this(
        new DistillationLeader(blockKeyBits, 0, block -> false, new SplittableRandom(seed + 1)),
        new DistillationFollower(0, List.of()),
        seed);
  }

  TwoEnds(DistillationLeader leader, DistillationFollower follower, long seed) {
    this.leader = leader;
    this.follower = follower;
    nature = new SplittableRandom(seed);
    atLeader(leader.start());
    run();
  }

  /// Makes `count` pairs in one frame, with the given error rates.
  Pairs pairs(int count, double errorZ, double errorX) {
    List<DeliveredPair> left = new ArrayList<>();
    List<DeliveredPair> right = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean tomography = i % 20 == 0;
      Basis mine = tomography ? Basis.Y : nature.nextDouble() < 0.7 ? Basis.Z : Basis.X;
      Basis theirs = tomography ? Basis.Y : nature.nextDouble() < 0.7 ? Basis.Z : Basis.X;
      boolean bit = nature.nextBoolean();
      boolean error = nature.nextDouble() < (mine == Basis.Z ? errorZ : errorX);
      boolean other = mine == theirs ? bit ^ error : nature.nextBoolean();
      PairId id = new PairId.Elementary(LinkId.of(i % 3 == 0 ? "a-b" : "b-c"), 7, sequence++);
      NetworkTime time = new NetworkTime(frame, i);
      left.add(new DeliveredPair(FlowId.of("s"), 1, id, mine, bit, time, tomography));
      right.add(new DeliveredPair(FlowId.of("s"), 1, id, theirs, other, time, tomography));
    }
    frame++;
    return new Pairs(left, right);
  }

  void deliver(Pairs pairs) {
    NetworkTime settled = NetworkTime.startOfFrame(frame);
    atLeader(leader.accept(pairs.leader(), settled));
    atFollower(follower.accept(pairs.follower(), settled));
    run();
  }

  /// Delivers fresh pairs until both ends have seen `blocks` blocks succeed or fail.
  void distil(int blocks, double errorZ, double errorX) {
    for (int i = 0; i < 10_000; i++) {
      if (atFollower.confirmed.size() + atFollower.failed.size() >= blocks) {
        return;
      }
      deliver(pairs(2000, errorZ, errorX));
    }
    throw new AssertionError("no progress");
  }

  private void run() {
    while (!inFlight.isEmpty()) {
      inFlight.remove().run();
    }
  }

  private void atLeader(List<DistillationEffect> effects) {
    for (DistillationEffect effect : effects) {
      if (effect instanceof DistillationEffect.Send(byte[] sent)) {
        toFollower.add(sent);
        byte[] arrives = channel.apply(true, sent);
        inFlight.add(() -> atFollower(follower.receive(arrives)));
      } else {
        note(effect, atLeader);
        if (effect instanceof DistillationEffect.Finished(long block, byte[] key)) {
          inFlight.add(() -> atLeader(leader.stored(block)));
        }
      }
    }
  }

  private void atFollower(List<DistillationEffect> effects) {
    for (DistillationEffect effect : effects) {
      if (effect instanceof DistillationEffect.Send(byte[] sent)) {
        toLeader.add(sent);
        byte[] arrives = channel.apply(false, sent);
        inFlight.add(() -> atLeader(leader.receive(arrives)));
      } else {
        note(effect, atFollower);
        if (effect instanceof DistillationEffect.Finished(long block, byte[] key)) {
          inFlight.add(() -> atFollower(follower.stored(block)));
        }
      }
    }
  }

  private static void note(DistillationEffect effect, Results results) {
    switch (effect) {
      case DistillationEffect.Finished(long block, byte[] key) -> results.finished.put(block, key);
      case DistillationEffect.Confirmed(long block) -> results.confirmed.add(block);
      case DistillationEffect.Missing(long block) -> results.missing.add(block);
      case DistillationEffect.Failed(long block, String reason) ->
          results.failed.add(block + ": " + reason);
      case DistillationEffect.Compared(Basis basis, long compared, long errors) -> {
        long[] sums = results.compared.computeIfAbsent(basis, b -> new long[2]);
        sums[0] += compared;
        sums[1] += errors;
      }
      case DistillationEffect.Send(byte[] frame) -> throw new AssertionError("not noted");
    }
  }
}
