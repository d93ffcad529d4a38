package net.bellwether.benchmarks.herald;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.herald.HeraldBatch;
import net.bellwether.agent.herald.HeraldCounts;
import net.bellwether.agent.herald.HeraldIntake;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Processor time from the bytes of a record to what the engine's thread takes over: checksum,
/// ranges, gaps and repeats, slot, columns. A stretch of distinct records in order, gone through
/// again and again with a fresh intake each time; all is made beforehand.
///
/// `one` is a record at a time, `batchOf64` 64 and their hand-over; `batchOf64AsObjects` makes the
/// engine's own objects of them too, as the engine's thread does. Times are those of the whole
/// batch.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:MaxDirectMemorySize=256m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public class HeraldBenchmark {
  private static final int RECORDS = 1 << 20;
  private static final int BATCH = 64;

  /// Enough for 10 s of 20 million records a second; after that, made anew.
  private static final int INTAKES = 200;

  private final Device device = new Device();
  private final ByteBuf records = Unpooled.directBuffer(RECORDS * HeraldRecords.BYTES);
  private final HeraldIntake[] intakes = new HeraldIntake[INTAKES];
  private HeraldIntake intake = newIntake();
  private List<Herald> heralds = List.of();
  private boolean asObjects;
  private int used;
  private int next;

  @Setup
  public void write() {
    for (int record = 0; record < RECORDS; record++) {
      device.herald(records);
    }
    renew();
  }

  private HeraldIntake newIntake() {
    return new HeraldIntake(Device.NUMBERING, device.slots, new HeraldCounts(), this::take);
  }

  private void take(HeraldBatch batch) {
    if (asObjects) {
      heralds = batch.heralds();
    }
    batch.recycle();
  }

  private void renew() {
    used = 0;
    for (int each = 0; each < INTAKES; each++) {
      intakes[each] = newIntake();
    }
  }

  private void takeNext() throws MalformedRecord {
    if (next == RECORDS) {
      next = 0;
      if (used == INTAKES) {
        renew();
      }
      intake = intakes[used++];
    }
    if (!intake.hasRoom()) {
      throw new IllegalStateException("batches must come back");
    }
    intake.take(records, HeraldRecords.BYTES * next++);
  }

  private void takeBatch() throws MalformedRecord {
    for (int each = 0; each < BATCH; each++) {
      takeNext();
    }
    intake.flush();
  }

  @Benchmark
  public void one() throws MalformedRecord {
    takeNext();
  }

  @Benchmark
  public void batchOf64() throws MalformedRecord {
    takeBatch();
  }

  @Benchmark
  public void batchOf64AsObjects(Blackhole sink) throws MalformedRecord {
    asObjects = true;
    takeBatch();
    sink.consume(heralds);
  }

  /// What reading the clock costs, which every sample holds.
  @Benchmark
  public void nothing() {
    // Nothing: the sample is the clock's.
  }
}
