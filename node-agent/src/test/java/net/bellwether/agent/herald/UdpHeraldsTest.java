package net.bellwether.agent.herald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.RecordKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Herald records in real datagrams.
class UdpHeraldsTest {
  private static final byte[] TOKEN = new byte[HeraldRecords.TOKEN_BYTES];

  private final HeraldThread thread = new HeraldThread("test");
  private final Records records = new Records();
  private final Heard heard = new Heard();
  private final HeraldCounts counts = new HeraldCounts();
  private final SlotTable slots = new SlotTable(Records.NUMBERING);
  private final int slot = slots.replace(List.of(Records.request("ab", 1))).getFirst().number();
  private final HeraldReceiver receiver =
      new HeraldReceiver(thread, Records.NUMBERING, slots, counts, heard);
  private final DatagramSocket device;
  private SocketAddress agent = new InetSocketAddress(0);

  UdpHeraldsTest() throws IOException {
    device = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    device.setSoTimeout(10_000);
  }

  @AfterEach
  void stop() {
    receiver.close();
    thread.close();
    device.close();
  }

  private void connect() throws Exception {
    receiver.overUdp(
        InetSocketAddress.createUnresolved("127.0.0.1", device.getLocalPort()), false, TOKEN);
    DatagramPacket hello = new DatagramPacket(new byte[100], 100);
    device.receive(hello);
    agent = hello.getSocketAddress();
    assertThat(hello.getLength()).isEqualTo(HeraldRecords.BYTES);
    assertThat(new HeraldRecords().check(Unpooled.wrappedBuffer(hello.getData()), 0))
        .isEqualTo(RecordKind.HELLO);
  }

  private void send(ByteBuf bytes) throws IOException {
    byte[] datagram = new byte[bytes.readableBytes()];
    bytes.readBytes(datagram);
    device.send(new DatagramPacket(datagram, datagram.length, agent));
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(heard.lines).containsExactly(lines));
  }

  @Test
  void helloIsRepeatedUntilTheDeviceAnswers() throws Exception {
    connect();
    device.receive(new DatagramPacket(new byte[100], 100));
    send(records.tally(0, 6).complete(5).take());
    awaitLines("bound", "until 5");
  }

  @Test
  void aLostDatagramCostsItsPairsAndNothingElse() throws Exception {
    connect();
    send(records.tally(0, 6).complete(5).take());
    send(records.herald(0, slot, 6).take());
    records.herald(0, slot, 7).take();
    send(records.herald(0, slot, 8).complete(6).take());
    awaitLines("bound", "until 5", "ab#3.6 of f/1", "ab#3.8 of f/1", "release ab#3.7", "until 6");
    assertThat(counts.lostCount()).isEqualTo(1);
  }

  @Test
  void repeatedAndExchangedDatagramsAreDropped() throws Exception {
    connect();
    ByteBuf first = records.herald(0, slot, 6).take();
    ByteBuf second = records.herald(0, slot, 7).take();
    send(second.copy());
    send(first);
    send(second);
    send(records.herald(0, slot, 8).complete(6).take());
    awaitLines("bound", "ab#3.7 of f/1", "ab#3.8 of f/1", "until 6");
    assertThat(counts.lateCount()).isEqualTo(2);
  }

  @Test
  void whatIsNotAllRecordsIsDroppedWhole() throws Exception {
    connect();
    send(records.herald(0, slot, 6).take().writerIndex(63));
    send(records.herald(0, slot, 6).take().writeByte(0));
    for (int herald = 0; herald <= HeraldRecords.DATAGRAM_RECORDS_MAX; herald++) {
      records.herald(0, slot, 6 + herald);
    }
    send(records.take());
    send(records.herald(0, slot, 6).herald(0, slot, 7).take().setByte(66, 2));
    send(records.herald(0, slot, 6).take().setByte(20, 1));
    send(records.herald(0, slot, 60).complete(6).take());
    awaitLines("bound", "ab#3.60 of f/1", "until 6");
    await().untilAsserted(() -> assertThat(counts.refusedCount()).isEqualTo(5));
  }

  @Test
  void withoutRoomDatagramsAreDroppedAndCounted() throws Exception {
    connect();
    heard.keeps = true;
    for (int frame = 0; frame < BatchPool.BATCHES + 3; frame++) {
      send(records.complete(frame).take());
    }
    await().untilAsserted(() -> assertThat(counts.crowdedOutCount()).isEqualTo(3));
    heard.giveBack();
    send(records.complete(50).take());
    await().untilAsserted(() -> assertThat(heard.lines).contains("until 50"));
  }

  @Test
  void aDeviceOnAnotherHostIsRefusedUnlessTheOperatorAllowsIt() {
    receiver.overUdp(InetSocketAddress.createUnresolved("192.0.2.1", 9), false, TOKEN);
    assertThat(heard.lines).singleElement().asString().contains("must be on this host");
  }

  /// Noise between good datagrams, some of it records with flipped bits, changes nothing.
  @Test
  void noiseIsDropped() throws Exception {
    long seed = 815;
    SplittableRandom random = new SplittableRandom(seed);
    connect();
    send(records.tally(0, 0).complete(5).take());
    await().until(() -> heard.lines.contains("until 5"));
    for (int frame = 6; frame < 206; frame++) {
      ByteBuf good = records.herald(0, slot, frame - 6).complete(frame).take();
      ByteBuf noise = good.copy();
      if (random.nextBoolean()) {
        byte[] bytes = new byte[random.nextInt(1, 2000)];
        random.nextBytes(bytes);
        noise = Unpooled.wrappedBuffer(bytes);
      } else {
        int bit = random.nextInt(8 * noise.readableBytes());
        noise.setByte(bit / 8, noise.getByte(bit / 8) ^ (1 << (bit % 8)));
      }
      send(noise);
      send(good);
      int last = frame;
      await()
          .untilAsserted(
              () -> assertThat(heard.lines).as("seed %d", seed).contains("until " + last));
    }
    assertThat(counts.acceptedCount()).as("seed %d", seed).isEqualTo(200);
    assertThat(counts.refusedCount()).as("seed %d", seed).isEqualTo(200);
    assertThat(counts.lostCount()).isZero();
  }
}
