package net.bellwether.agent.herald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.agent.stream.Pki;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import net.bellwether.wire.herald.HeraldRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Herald records over real TLS connections.
class TlsHeraldsTest {
  private static final byte[] TOKEN = new byte[HeraldRecords.TOKEN_BYTES];

  @TempDir private Path directory;

  private final HeraldThread thread = new HeraldThread("test");
  private final Records records = new Records();
  private final Heard heard = new Heard();
  private final HeraldCounts counts = new HeraldCounts();
  private final SlotTable slots = new SlotTable(Records.NUMBERING);
  private final int slot = slots.replace(List.of(Records.request("ab", 1))).getFirst().number();
  private HeraldReceiver receiver = receiver();
  private Pki pki;
  private ScriptedHeralds device;

  @BeforeEach
  void startDevice() {
    pki = new Pki(directory);
    device = new ScriptedHeralds(pki.emulator());
  }

  @AfterEach
  void stop() {
    receiver.close();
    thread.close();
    device.close();
  }

  private HeraldReceiver receiver() {
    return new HeraldReceiver(thread, Records.NUMBERING, slots, counts, heard);
  }

  private void connect() throws InterruptedException {
    connect(device);
    assertThat(device.awaitHello()).isEqualTo(TOKEN);
  }

  private void connect(ScriptedHeralds to) {
    receiver = receiver();
    TlsFiles tls = pki.node("a");
    receiver.overTls(
        InetSocketAddress.createUnresolved("127.0.0.1", to.port()),
        TlsStreams.client(tls, peer -> peer instanceof Identity.Emulator),
        TOKEN);
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(heard.lines).containsExactly(lines));
  }

  private void assertFailsWith(ByteBuf bytes, String reason) throws InterruptedException {
    heard.lines.clear();
    connect();
    device.send(bytes);
    await().untilAsserted(() -> assertThat(heard.lines).hasSize(1));
    assertThat(heard.lines.getFirst()).contains("is no record", reason);
  }

  @Test
  void recordsComeAsTheyWereSentHoweverTheyAreCut() throws Exception {
    connect();
    ByteBuf all = records.tally(0, 6).complete(5).herald(0, slot, 6).complete(6).take();
    while (all.isReadable()) {
      device.send(all.readBytes(Math.min(all.readableBytes(), 37)));
    }
    awaitLines("bound", "until 5", "ab#3.6 of f/1", "until 6");
  }

  @Test
  void aConnectionThatEndsInARecordSaysSo() throws Exception {
    connect();
    device.send(records.complete(5).herald(0, slot, 6).take().writerIndex(100));
    awaitLines("bound", "until 5");
    device.breakConnection();
    awaitLines("bound", "until 5", "failed: the herald connection ended in the middle of a record");
    assertThat(counts.refusedCount()).isEqualTo(1);
  }

  @Test
  void whatIsNoRecordEndsTheConnectionWithAReason() throws Exception {
    ByteBuf oversized = records.herald(0, slot, 6).take();
    oversized.writeZero(1).writeBytes(records.herald(0, slot, 7).take());
    connect();
    device.send(oversized);
    await().untilAsserted(() -> assertThat(heard.lines.getLast()).contains("magic (0x00be) must"));

    assertFailsWith(records.complete(5).take().setByte(2, 9), "version (9) must be 1");
    assertFailsWith(records.complete(5).take().setByte(30, 1), "checksum (0x");
    assertFailsWith(Unpooled.copiedBuffer(new byte[64]), "magic (0x0000)");
    assertThat(counts.refusedCount()).isEqualTo(4);
  }

  @Test
  void repeatsAndGapsAreSeen() throws Exception {
    connect();
    records.herald(0, slot, 6).herald(0, slot, 6).herald(0, slot, 8).herald(0, slot, 7);
    device.send(records.complete(6).take());
    awaitLines("bound", "ab#3.6 of f/1", "ab#3.8 of f/1", "release ab#3.7", "until 6");
    assertThat(counts.lateCount()).isEqualTo(2);
  }

  @Test
  void aDeviceWaitsWhileThereIsNoRoomAndNothingIsLost() throws Exception {
    connect();
    heard.keeps = true;
    int frames = 12;
    for (int frame = 0; frame < frames; frame++) {
      for (int herald = 0; herald < 1000; herald++) {
        records.herald(0, slot, 1000L * frame + herald);
      }
      device.begin(records.complete(frame).bytes);
    }
    await().until(() -> heard.kept.size() == BatchPool.BATCHES);
    assertThat(counts.acceptedCount())
        .isLessThanOrEqualTo((long) BatchPool.BATCHES * HeraldBatch.HERALDS_MAX);
    heard.giveBack();
    await().until(() -> heard.lines.contains("until " + (frames - 1)));
    assertThat(counts.acceptedCount()).isEqualTo(1000L * frames);
    assertThat(counts.lostCount()).isZero();
    assertThat(counts.crowdedOutCount()).isZero();
  }

  @Test
  void aSilentDeviceIsLeft() throws Exception {
    connect();
    device.send(records.complete(5).take());
    awaitLines("bound", "until 5", "failed: the device has told of nothing for a while");
  }

  @Test
  void aDeviceThatIsNotWhoWasCalledIsNotBelieved() {
    try (ScriptedHeralds impostor = new ScriptedHeralds(pki.node("b"))) {
      connect(impostor);
      await().untilAsserted(() -> assertThat(heard.lines).hasSize(1));
      assertThat(heard.lines.getFirst()).contains("failed: the herald connection is not secure");
    }
  }

  /// Valid records with a spoilt one somewhere: what came before is heard, then it ends.
  @Test
  void spoiltStreamsAreHeardUpToTheSpoiltRecord() throws Exception {
    long seed = 4_711;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 25; run++) {
      heard.lines.clear();
      connect();
      int good = random.nextInt(60);
      for (int frame = 0; frame <= good; frame++) {
        records.complete(frame + 10);
      }
      ByteBuf bytes = records.take();
      int spoilt = HeraldRecords.BYTES * good + random.nextInt(HeraldRecords.BYTES);
      bytes.setByte(spoilt, bytes.getByte(spoilt) ^ (1 + random.nextInt(255)));
      device.send(bytes);
      int expected = good + (good == 0 ? 1 : 2);
      await().untilAsserted(() -> assertThat(heard.lines).as("seed %d", seed).hasSize(expected));
      assertThat(heard.lines.getLast()).as("seed %d", seed).contains("is no record");
    }
  }
}
