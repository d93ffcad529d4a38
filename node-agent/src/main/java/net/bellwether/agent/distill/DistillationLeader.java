package net.bellwether.agent.distill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// The leading end of distillation over one stream: announces pairs, opens blocks, answers
/// parities. Its bits are the reference that the following end corrects to.
public final class DistillationLeader implements Distillation {
  /// A block between BLOCK and CONFIRMED.
  private record Open(long number, GatheredBlock block, ParityOracle oracle) {}

  /// The key of the open block while the following end stores it.
  @SuppressWarnings("ArrayRecordComponent")
  private record Made(long number, byte[] key) {}

  private final RandomGenerator random;
  private final LongPredicate stored;
  private final Deque<Outcome> waiting = new ArrayDeque<>();
  private final Gathering gathering = new Gathering();
  private int blockKeyBits;
  private long highestBlock;
  private long settledFrame;
  private boolean welcomed;
  private @Nullable List<Outcome> announced;
  private int announcedBlockKeyBits;
  private @Nullable Open open;
  private @Nullable Made made;

  /// `highestBlock` is the highest block number this end has ever stored (0: none) and `stored`
  /// tells which it has or has had; `random` must be cryptographically strong.
  public DistillationLeader(
      int blockKeyBits, long highestBlock, LongPredicate stored, RandomGenerator random) {
    this.blockKeyBits = DistillationLimits.blockBits(blockKeyBits);
    this.highestBlock = highestBlock;
    this.stored = stored;
    this.random = random;
  }

  /// What opens the stream.
  public List<DistillationEffect> start() {
    return List.of(
        send(new FrameWriter(FrameType.HELLO).number(DistillationLimits.VERSION).frame()));
  }

  /// Key-basis bits of blocks that begin later.
  public void setBlockKeyBits(int bits) {
    blockKeyBits = DistillationLimits.blockBits(bits);
  }

  @Override
  public List<DistillationEffect> accept(List<DeliveredPair> pairs, NetworkTime settledUntil) {
    for (DeliveredPair pair : pairs) {
      if (waiting.size() == DistillationLimits.WAITING_PAIRS) {
        waiting.remove();
      }
      waiting.add(Outcome.of(pair));
    }
    settledFrame = Math.max(settledFrame, settledUntil.frame());
    return proceed(new ArrayList<>());
  }

  @Override
  public List<DistillationEffect> receive(byte[] frame) {
    FrameReader reader = new FrameReader(frame);
    FrameType type = reader.type();
    List<DistillationEffect> effects = new ArrayList<>();
    switch (type) {
      case WELCOME -> welcome(reader, effects);
      case MATCHES -> matches(reader, effects);
      case ASK -> effects.add(send(opened(type).oracle().answer(reader)));
      case CONVERGED -> converged(reader, effects);
      case VERDICT -> verdict(reader, effects);
      case STORED -> storedThere(reader, effects);
      case ABANDON -> {
        reader.end();
        fail(opened(type), "reconciliation given up: too many errors", effects);
      }
      case HELLO, SETTLED, ANNOUNCE, DISCLOSE, BLOCK, PARITIES, TAG, AMPLIFY, CONFIRMED ->
          throw new ProtocolViolation("frame " + type + " is not for the leading end");
    }
    return proceed(effects);
  }

  @Override
  public List<DistillationEffect> stored(long block) {
    if (open == null || open.number() != block || made != null) {
      throw new IllegalStateException("block (" + block + ") must be the finished one");
    }
    close();
    List<DistillationEffect> effects = new ArrayList<>();
    effects.add(send(new FrameWriter(FrameType.CONFIRMED).number(block).frame()));
    return proceed(effects);
  }

  private void welcome(FrameReader reader, List<DistillationEffect> effects) {
    if (welcomed) {
      throw new ProtocolViolation("second welcome");
    }
    highestBlock = Math.max(highestBlock, reader.number());
    int count = reader.number(DistillationLimits.UNSETTLED_BLOCKS, "unsettled blocks");
    Bits present = new Bits(count);
    for (int i = 0; i < count; i++) {
      present.append(stored.test(reader.number()));
    }
    reader.end();
    welcomed = true;
    effects.add(send(new FrameWriter(FrameType.SETTLED).bits(present).frame()));
  }

  private void matches(FrameReader reader, List<DistillationEffect> effects) {
    List<Outcome> batch = announced;
    if (batch == null) {
      throw new ProtocolViolation("matches without an announcement");
    }
    Bits matching = reader.bitsExactly(batch.size(), "matches");
    List<Outcome> matched = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      if (matching.get(i)) {
        matched.add(batch.get(i));
      }
    }
    Bits others = reader.bitsExactly(Gathering.disclosedCount(matched), "disclosed outcomes");
    reader.end();
    announced = null;
    effects.add(
        send(new FrameWriter(FrameType.DISCLOSE).bits(Gathering.disclosed(matched)).frame()));
    effects.addAll(gathering.add(matched, others, announcedBlockKeyBits));
  }

  /// Starts whatever can start now: a block, an announcement.
  private List<DistillationEffect> proceed(List<DistillationEffect> effects) {
    if (welcomed && open == null && gathering.hasBlock()) {
      GatheredBlock block = gathering.next();
      long seed = random.nextLong();
      open = new Open(++highestBlock, block, new ParityOracle(block.key(), seed));
      effects.add(
          send(
              new FrameWriter(FrameType.BLOCK)
                  .number(highestBlock)
                  .number(block.key().length())
                  .number(block.testCompared())
                  .number(block.testErrors())
                  .fixed(seed)
                  .frame()));
    }
    if (welcomed && announced == null && !gathering.isFull()) {
      announce(effects);
    }
    return effects;
  }

  /// Rounds lie within frames, so the pairs of a frame are settled once the frame is over.
  private void announce(List<DistillationEffect> effects) {
    List<Outcome> batch = new ArrayList<>();
    long throughFrame = 0;
    for (Outcome next = waiting.peek();
        next != null
            && next.frame() < settledFrame
            && batch.size() < DistillationLimits.BATCH_PAIRS;
        next = waiting.peek()) {
      batch.add(next);
      throughFrame = Math.max(throughFrame, next.frame());
      waiting.remove();
    }
    if (batch.isEmpty()) {
      return;
    }
    announced = batch;
    announcedBlockKeyBits = blockKeyBits;
    Announcement announcement =
        new Announcement(
            blockKeyBits,
            throughFrame,
            batch.stream().map(Outcome::pair).toList(),
            batch.stream().map(Outcome::basis).toList());
    effects.add(send(announcement.frame()));
  }

  private void converged(FrameReader reader, List<DistillationEffect> effects) {
    reader.end();
    Bits key = opened(FrameType.CONVERGED).block().key();
    long seed = random.nextLong();
    effects.add(
        send(
            new FrameWriter(FrameType.TAG)
                .fixed(seed)
                .fixed(VerificationHash.tag(key, seed))
                .frame()));
  }

  private void verdict(FrameReader reader, List<DistillationEffect> effects) {
    Open current = opened(FrameType.VERDICT);
    boolean equal = reader.number(1, "verdict") == 1;
    Bits key = current.block().key();
    int errors = reader.number(key.length(), "corrected errors");
    reader.end();
    if (!equal) {
      fail(current, "verification failed", effects);
      return;
    }
    effects.add(new DistillationEffect.Compared(Basis.Z, key.length(), errors));
    int bits = KeyLength.bits(current.block(), current.oracle().disclosed());
    byte[] seed = new byte[bits == 0 ? 0 : Toeplitz.seedBytes(key.length(), bits)];
    random.nextBytes(seed);
    effects.add(send(new FrameWriter(FrameType.AMPLIFY).number(bits).raw(seed).frame()));
    if (bits == 0) {
      fail(current, "certifies no key at the error rates measured", effects);
    } else {
      byte[] hash = Toeplitz.hash(key, Bits.fromBytes(seed, seed.length * 8), bits);
      made = new Made(current.number(), hash);
      key.wipe();
    }
  }

  private void storedThere(FrameReader reader, List<DistillationEffect> effects) {
    long number = reader.number();
    reader.end();
    Made finished = made;
    if (finished == null || finished.number() != number) {
      throw new ProtocolViolation("block " + number + " is not the finished one");
    }
    made = null;
    effects.add(new DistillationEffect.Finished(number, finished.key()));
  }

  private Open opened(FrameType type) {
    Open current = open;
    if (current == null || made != null) {
      throw new ProtocolViolation("frame " + type + " without a block in reconciliation");
    }
    return current;
  }

  private void fail(Open current, String reason, List<DistillationEffect> effects) {
    effects.add(new DistillationEffect.Failed(current.number(), reason));
    close();
  }

  private void close() {
    if (open != null) {
      open.block().key().wipe();
      open = null;
    }
  }

  private static DistillationEffect send(byte[] frame) {
    return new DistillationEffect.Send(frame);
  }
}
