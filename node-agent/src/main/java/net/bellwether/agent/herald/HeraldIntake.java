package net.bellwether.agent.herald;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import net.bellwether.wire.herald.RecordKind;
import org.jspecify.annotations.Nullable;

/// Takes the records of one attachment in the order of their coming, and hands over what the rule
/// engine is to know of them. Per link every number is taken once and in order: one that was passed
/// over is lost, and is not believed when it comes after all, because its pair has been released.
///
/// Not safe for use by several threads.
public final class HeraldIntake {
  private static final long UNKNOWN = -1;

  /// A completion so far back, a second, is no record that was late on its way.
  private static final long CLOCK_BACK_FRAMES = 10;

  /// So many of them one after the other, a second's worth, are not old records sent again.
  private static final int CLOCK_BACK_COMPLETIONS = 10;

  private final HeraldRecords records = new HeraldRecords();
  private final long epoch;
  private final long[] nextSequence;
  private final SlotTable slots;
  private final BatchPool pool;
  private final HeraldCounts counts;
  private final Consumer<HeraldBatch> next;
  private @Nullable HeraldBatch batch;
  private long completeFrame = UNKNOWN;
  private long completePicos;
  private int farBackCount;
  private Runnable clockWentBack = () -> {};

  public HeraldIntake(
      Numbering numbering, SlotTable slots, HeraldCounts counts, Consumer<HeraldBatch> next) {
    this.epoch = numbering.epoch();
    this.nextSequence = new long[numbering.links().size()];
    Arrays.fill(nextSequence, UNKNOWN);
    this.slots = slots;
    this.pool = new BatchPool(numbering);
    this.counts = counts;
    this.next = next;
  }

  /// Calls `action`, on some thread, when there is room again after there was none.
  void onRoom(Runnable action) {
    pool.onRoom(action);
  }

  /// Calls `action` when the device's clock has gone back by more than a second: until that time
  /// comes again, nothing would be believed.
  void onClockBack(Runnable action) {
    clockWentBack = action;
  }

  HeraldCounts counts() {
    return counts;
  }

  /// Whether a record can be taken.
  public boolean hasRoom() {
    if (batch == null) {
      batch = pool.take();
    }
    return batch != null;
  }

  /// Whether the 64 bytes at `at` are a record.
  RecordKind check(ByteBuf in, int at) throws MalformedRecord {
    return records.check(in, at);
  }

  /// Takes the record at `at`; there must be room.
  public void take(ByteBuf in, int at) throws MalformedRecord {
    take(records.check(in, at), in, at);
  }

  /// Takes a record that has been checked.
  void take(RecordKind kind, ByteBuf in, int at) throws MalformedRecord {
    HeraldBatch into = batch;
    if (into == null) {
      throw new IllegalStateException("there must be room for a record before it is taken");
    }
    if (kind == RecordKind.HELLO) {
      throw new MalformedRecord("kind", "HELLO", "be one that devices send");
    }
    if (HeraldRecords.epoch(in, at) != epoch) {
      counts.late.incrementAndGet();
      return;
    }
    switch (kind) {
      case HELLO -> {}
      case HERALD -> herald(into, in, at);
      case TALLY -> tally(into, in, at);
      case COMPLETION -> completion(into, in, at);
    }
    if (into.isFull()) {
      flush();
    }
  }

  private void herald(HeraldBatch into, ByteBuf in, int at) throws MalformedRecord {
    int link = link(in, at);
    long sequence = HeraldRecords.sequence(in, at);
    if (nextSequence[link] > sequence) {
      counts.late.incrementAndGet();
      return;
    }
    passOver(into, link, sequence, in, at);
    nextSequence[link] = sequence + 1;
    long frame = HeraldRecords.frame(in, at);
    long picos = HeraldRecords.picos(in, at);
    Slot slot = slots.slot(HeraldRecords.slot(in, at));
    if (slot == null || slot.link() != link || slot.mode() != HeraldRecords.mode(in, at)) {
      counts.unowned.incrementAndGet();
      into.addGap(link, sequence, 1, frame, picos);
    } else {
      into.add(slot, sequence, frame, picos, HeraldRecords.bellIndex(in, at));
    }
  }

  private void tally(HeraldBatch into, ByteBuf in, int at) throws MalformedRecord {
    int link = link(in, at);
    long coming = HeraldRecords.sequence(in, at);
    if (nextSequence[link] > coming) {
      counts.late.incrementAndGet();
      return;
    }
    passOver(into, link, coming, in, at);
    nextSequence[link] = coming;
  }

  /// What is missing before number `sequence` is lost.
  private void passOver(HeraldBatch into, int link, long sequence, ByteBuf in, int at) {
    long expected = nextSequence[link];
    if (expected != UNKNOWN && expected < sequence) {
      counts.lost.addAndGet(sequence - expected);
      into.addGap(
          link,
          expected,
          sequence - expected,
          HeraldRecords.frame(in, at),
          HeraldRecords.picos(in, at));
    }
  }

  private int link(ByteBuf in, int at) throws MalformedRecord {
    int link = HeraldRecords.link(in, at);
    if (link >= nextSequence.length) {
      throw new MalformedRecord(
          "link", Integer.toString(link), "be one of the device's " + nextSequence.length);
    }
    return link;
  }

  private void completion(HeraldBatch into, ByteBuf in, int at) {
    long frame = HeraldRecords.frame(in, at);
    long picos = HeraldRecords.picos(in, at);
    if (frame < completeFrame || (frame == completeFrame && picos <= completePicos)) {
      counts.late.incrementAndGet();
      farBackCount = frame < completeFrame - CLOCK_BACK_FRAMES ? farBackCount + 1 : 0;
      if (farBackCount == CLOCK_BACK_COMPLETIONS) {
        clockWentBack.run();
      }
      return;
    }
    farBackCount = 0;
    completeFrame = frame;
    completePicos = picos;
    into.completeUntil(frame, picos);
    flush();
  }

  /// Hands over what has been taken.
  public void flush() {
    HeraldBatch full = batch;
    if (full != null && !full.isEmpty()) {
      batch = null;
      counts.accepted.addAndGet(full.heraldCount());
      next.accept(full);
    }
  }
}
