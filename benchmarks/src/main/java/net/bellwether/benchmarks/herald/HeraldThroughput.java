package net.bellwether.benchmarks.herald;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import net.bellwether.agent.herald.HeraldBatch;
import net.bellwether.agent.herald.HeraldCounts;
import net.bellwether.agent.herald.HeraldReceiver;
import net.bellwether.agent.herald.HeraldThread;
import net.bellwether.benchmarks.MachineLine;
import net.bellwether.emulator.herald.HeraldClaim;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.emulator.herald.HeraldSink;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import net.bellwether.wire.herald.HeraldRecords;

/// Heralds a second over TLS on this machine, from a sender that never pauses to batches of the
/// engine's own objects, and the receiving thread's processor time for each.
public final class HeraldThroughput {
  private static final String DOMAIN = "benchmark";
  private static final NodeId NODE = NodeId.of("node");
  private static final int HERALDS_PER_WRITE = 1_000;
  private static final int WARM_UP_SECONDS = 3;
  private static final int SECONDS = 5;

  private HeraldThroughput() {}

  private static final class Receiving implements HeraldReceiver.Listener {
    final LongAdder heralds = new LongAdder();

    @Override
    public void bound() {
      // The sender has begun before.
    }

    @Override
    public void heralded(HeraldBatch batch) {
      heralds.add(batch.heralds().size());
      batch.recycle();
    }

    @Override
    public void failed(String reason) {
      System.err.println(reason);
    }
  }

  private static final class Sending implements HeraldClaim {
    final CompletableFuture<HeraldSink> sink = new CompletableFuture<>();

    @Override
    public void bound(HeraldSink found) {
      sink.complete(found);
    }

    @Override
    public void ended() {
      // The measurement is over.
    }
  }

  public static void main(String[] arguments) throws IOException {
    System.out.println(MachineLine.text());
    Path directory = Files.createTempDirectory("heralds");
    CertificateAuthority authority =
        CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    TlsFiles ours = authority.issue(new Identity.Node(DOMAIN, NODE), directory.resolve("node"));
    TlsFiles theirs =
        authority.issue(new Identity.Emulator(DOMAIN, 1), directory.resolve("device"));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Receiving receiving = new Receiving();
    Device device = new Device();
    HeraldCounts counts = new HeraldCounts();
    try (HeraldThread thread = new HeraldThread("measured");
        HeraldServer server = HeraldServer.start(anyPort, false, theirs);
        HeraldReceiver receiver =
            new HeraldReceiver(thread, Device.NUMBERING, device.slots, counts, receiving)) {
      Sending sending = new Sending();
      byte[] token = server.expect(NODE, sending);
      receiver.overTls(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
          TlsStreams.client(ours, peer -> peer instanceof Identity.Emulator),
          token);
      HeraldSink sink = sending.sink.join();
      send(device, sink, WARM_UP_SECONDS);
      measure(device, sink, receiving);
    }
    System.out.println(counts.troubles());
  }

  private static void measure(Device device, HeraldSink sink, Receiving receiving) {
    long heralds = receiving.heralds.sum();
    long cpuNanos = cpuNanos();
    long nanos = System.nanoTime();
    send(device, sink, SECONDS);
    long count = receiving.heralds.sum() - heralds;
    double seconds = (System.nanoTime() - nanos) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,.0f heralds/s over TLS on loopback, %.0f ns of the receiving thread for each%n",
        count / seconds,
        (double) (cpuNanos() - cpuNanos) / count);
  }

  private static void send(Device device, HeraldSink sink, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      if (sink.isRead()) {
        ByteBuf records =
            PooledByteBufAllocator.DEFAULT.buffer((HERALDS_PER_WRITE + 1) * HeraldRecords.BYTES);
        for (int herald = 0; herald < HERALDS_PER_WRITE; herald++) {
          device.herald(records);
        }
        device.complete(records);
        sink.send(records);
      } else {
        LockSupport.parkNanos(10_000);
      }
    }
  }

  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("herald-measured")) {
        return threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    throw new IllegalStateException("the receiving thread must run");
  }
}
