package net.bellwether.agent.distill;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// The following end of distillation over one stream: says which announced pairs match, corrects
/// its bits to the leading end's, verifies.
public final class DistillationFollower implements Distillation {
  /// Frames that outcomes older than an announcement are kept, as the two ends may see the same
  /// pair in different frames.
  private static final long GRACE_FRAMES = 10;

  /// Error rates that error correction may start from: below, the first blocks would be so large
  /// that a guess too low costs a long search; above, no key is left anyway.
  private static final double LEAST_ERROR_RATE = 0.002;

  private static final double MOST_ERROR_RATE = 0.15;

  /// A block from BLOCK to CONFIRMED.
  private record Open(long number, GatheredBlock block, ErrorSearch search) {}

  private enum Step {
    CORRECTING,
    VERIFYING,
    AMPLIFYING,
    STORING,
    CONFIRMING
  }

  private final SequencedMap<PairId, Outcome> waiting = new LinkedHashMap<>();
  private final Gathering gathering = new Gathering();
  private final long highestBlock;
  private final List<Long> unsettled;
  private long settledFrame;
  private double lastErrorRate = -1;
  private @Nullable Announcement announcement;
  private @Nullable List<Outcome> matched;
  private int matchedBlockKeyBits;
  private @Nullable Open open;
  private Step step = Step.CORRECTING;

  /// `highestBlock` is the highest block number this end has ever stored (0: none); `unsettled` are
  /// the stored blocks that it does not know to be durable at the leading end.
  public DistillationFollower(long highestBlock, List<Long> unsettled) {
    this.highestBlock = highestBlock;
    this.unsettled =
        unsettled.stream().limit(DistillationLimits.UNSETTLED_BLOCKS).sorted().toList();
  }

  @Override
  public List<DistillationEffect> accept(List<DeliveredPair> pairs, NetworkTime settledUntil) {
    for (DeliveredPair pair : pairs) {
      if (waiting.size() == DistillationLimits.WAITING_PAIRS) {
        waiting.pollFirstEntry();
      }
      waiting.put(pair.pair(), Outcome.of(pair));
    }
    settledFrame = Math.max(settledFrame, settledUntil.frame());
    return answerAnnouncement();
  }

  @Override
  public List<DistillationEffect> receive(byte[] frame) {
    FrameReader reader = new FrameReader(frame);
    FrameType type = reader.type();
    return switch (type) {
      case HELLO -> welcome(reader);
      case SETTLED -> settle(reader);
      case ANNOUNCE -> announced(reader);
      case DISCLOSE -> disclosed(reader);
      case BLOCK -> begin(reader);
      case PARITIES -> correct(reader);
      case TAG -> verify(reader);
      case AMPLIFY -> amplify(reader);
      case CONFIRMED -> confirmed(reader);
      case WELCOME, MATCHES, ASK, CONVERGED, VERDICT, STORED, ABANDON ->
          throw new ProtocolViolation("frame " + type + " is not for the following end");
    };
  }

  @Override
  public List<DistillationEffect> stored(long block) {
    if (open == null || step != Step.STORING || open.number() != block) {
      throw new IllegalStateException("block (" + block + ") must be the finished one");
    }
    step = Step.CONFIRMING;
    return List.of(send(new FrameWriter(FrameType.STORED).number(block)));
  }

  private List<DistillationEffect> welcome(FrameReader reader) {
    long version = reader.number();
    reader.end();
    if (version != DistillationLimits.VERSION) {
      throw new ProtocolViolation(
          "version (" + version + ") must be " + DistillationLimits.VERSION);
    }
    FrameWriter writer =
        new FrameWriter(FrameType.WELCOME).number(highestBlock).number(unsettled.size());
    unsettled.forEach(writer::number);
    return List.of(send(writer));
  }

  private List<DistillationEffect> settle(FrameReader reader) {
    Bits present = reader.bitsExactly(unsettled.size(), "settled blocks");
    reader.end();
    List<DistillationEffect> effects = new ArrayList<>();
    for (int i = 0; i < unsettled.size(); i++) {
      effects.add(
          present.get(i)
              ? new DistillationEffect.Confirmed(unsettled.get(i))
              : new DistillationEffect.Missing(unsettled.get(i)));
    }
    return effects;
  }

  private List<DistillationEffect> announced(FrameReader reader) {
    if (announcement != null || matched != null) {
      throw new ProtocolViolation("announcement before the last one was finished");
    }
    announcement = Announcement.read(reader);
    return answerAnnouncement();
  }

  private List<DistillationEffect> answerAnnouncement() {
    Announcement told = announcement;
    if (told == null || told.throughFrame() >= settledFrame) {
      return List.of();
    }
    Bits matches = new Bits(told.pairs().size());
    List<Outcome> both = new ArrayList<>();
    for (int i = 0; i < told.pairs().size(); i++) {
      Outcome mine = waiting.remove(told.pairs().get(i));
      boolean same = mine != null && mine.basis() == told.bases().get(i);
      matches.append(same);
      if (mine != null && same) {
        both.add(mine);
      }
    }
    forgetBefore(told.throughFrame() - GRACE_FRAMES);
    announcement = null;
    matched = both;
    matchedBlockKeyBits = told.blockKeyBits();
    return List.of(
        send(new FrameWriter(FrameType.MATCHES).bits(matches).bits(Gathering.disclosed(both))));
  }

  private void forgetBefore(long frame) {
    Iterator<Outcome> oldest = waiting.values().iterator();
    while (oldest.hasNext() && oldest.next().frame() < frame) {
      oldest.remove();
    }
  }

  private List<DistillationEffect> disclosed(FrameReader reader) {
    List<Outcome> both = matched;
    if (both == null) {
      throw new ProtocolViolation("disclosure without matches");
    }
    Bits others = reader.bitsExactly(Gathering.disclosedCount(both), "disclosed outcomes");
    reader.end();
    matched = null;
    return gathering.add(both, others, matchedBlockKeyBits);
  }

  private List<DistillationEffect> begin(FrameReader reader) {
    if (open != null) {
      throw new ProtocolViolation("block before the last one was finished");
    }
    GatheredBlock block = gathering.next();
    long number = reader.number();
    boolean same =
        reader.number() == block.key().length()
            && reader.number() == block.testCompared()
            && reader.number() == block.testErrors();
    long seed = reader.fixed();
    reader.end();
    if (!same || number <= highestBlock) {
      throw new ProtocolViolation("block " + number + " differs from the one gathered here");
    }
    double testRate = (double) block.testErrors() / Math.max(1, block.testCompared());
    double expected = lastErrorRate >= 0 ? lastErrorRate : testRate;
    open =
        new Open(
            number,
            block,
            new ErrorSearch(
                block.key(), seed, Math.clamp(expected, LEAST_ERROR_RATE, MOST_ERROR_RATE)));
    step = Step.CORRECTING;
    return ask(open);
  }

  private List<DistillationEffect> correct(FrameReader reader) {
    Open current = opened(Step.CORRECTING);
    current.search().learn(reader);
    if (current.search().received() > current.block().key().length() * 9L / 10) {
      // Nothing would be left to keep; the leading end counts the same.
      List<DistillationEffect> effects = fail(current, "reconciliation given up: too many errors");
      effects.addFirst(send(new FrameWriter(FrameType.ABANDON)));
      return effects;
    }
    return ask(current);
  }

  private List<DistillationEffect> ask(Open current) {
    return current
        .search()
        .ask()
        .<List<DistillationEffect>>map(frame -> List.of(new DistillationEffect.Send(frame)))
        .orElseGet(() -> {
          step = Step.VERIFYING;
          return List.of(send(new FrameWriter(FrameType.CONVERGED)));
        });
  }

  private List<DistillationEffect> verify(FrameReader reader) {
    Open current = opened(Step.VERIFYING);
    long seed = reader.fixed();
    long tag = reader.fixed();
    reader.end();
    Bits key = current.block().key();
    boolean equal = VerificationHash.tag(key, seed) == tag;
    long errors = Math.min(key.length(), current.search().corrected());
    DistillationEffect verdict =
        send(new FrameWriter(FrameType.VERDICT).number(equal ? 1 : 0).number(errors));
    if (!equal) {
      List<DistillationEffect> effects = fail(current, "verification failed");
      effects.addFirst(verdict);
      return effects;
    }
    lastErrorRate = (double) errors / key.length();
    step = Step.AMPLIFYING;
    return List.of(verdict, new DistillationEffect.Compared(Basis.Z, key.length(), errors));
  }

  private List<DistillationEffect> amplify(FrameReader reader) {
    Open current = opened(Step.AMPLIFYING);
    Bits key = current.block().key();
    int bits = reader.number(key.length(), "key bits");
    byte[] seed = reader.raw(DistillationLimits.MOST_BLOCK_BITS / 4, "seed bytes");
    reader.end();
    int expected = KeyLength.bits(current.block(), current.search().received());
    if (bits != expected
        || seed.length != (bits == 0 ? 0 : Toeplitz.seedBytes(key.length(), bits))) {
      throw new ProtocolViolation("key bits (" + bits + ") must be " + expected);
    }
    if (bits == 0) {
      return fail(current, "certifies no key at the error rates measured");
    }
    byte[] hash = Toeplitz.hash(key, Bits.fromBytes(seed, seed.length * 8), bits);
    key.wipe();
    step = Step.STORING;
    return List.of(new DistillationEffect.Finished(current.number(), hash));
  }

  private List<DistillationEffect> confirmed(FrameReader reader) {
    Open current = opened(Step.CONFIRMING);
    boolean same = reader.number() == current.number();
    reader.end();
    if (!same) {
      throw new ProtocolViolation("confirmation of another block");
    }
    open = null;
    return List.of(new DistillationEffect.Confirmed(current.number()));
  }

  private Open opened(Step expected) {
    Open current = open;
    if (current == null || step != expected) {
      throw new ProtocolViolation("frame out of order: no block is " + expected);
    }
    return current;
  }

  private List<DistillationEffect> fail(Open current, String reason) {
    current.block().key().wipe();
    open = null;
    List<DistillationEffect> effects = new ArrayList<>();
    effects.add(new DistillationEffect.Failed(current.number(), reason));
    return effects;
  }

  private static DistillationEffect send(FrameWriter writer) {
    return new DistillationEffect.Send(writer.frame());
  }
}
