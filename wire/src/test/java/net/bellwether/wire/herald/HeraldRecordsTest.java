package net.bellwether.wire.herald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class HeraldRecordsTest {
  private static final NetworkTime TIME = new NetworkTime(17_900_000_000L, 5_123_456_789L);

  private final HeraldRecords records = new HeraldRecords();
  private final ByteBuf buffer = Unpooled.directBuffer();

  private void writeExample() {
    records.writeHerald(buffer, 2, 1, 70_001, 2, 4, 123_456, TIME, 1_790_000_000_000L);
  }

  private String refusal() {
    try {
      return records.check(buffer, 0) + " is accepted";
    } catch (MalformedRecord malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  @Test
  void aHeraldReadsAsItWasWritten() throws Exception {
    writeExample();
    assertThat(buffer.readableBytes()).isEqualTo(HeraldRecords.BYTES);
    assertThat(records.check(buffer, 0)).isEqualTo(RecordKind.HERALD);
    assertExample(buffer);
  }

  private static void assertExample(ByteBuf in) {
    assertThat(HeraldRecords.link(in, 0)).isEqualTo(2);
    assertThat(HeraldRecords.mode(in, 0)).isEqualTo(1);
    assertThat(HeraldRecords.slot(in, 0)).isEqualTo(70_001);
    assertThat(HeraldRecords.bellIndex(in, 0)).isEqualTo(2);
    assertThat(HeraldRecords.detectors(in, 0)).isEqualTo(4);
    assertThat(HeraldRecords.sequence(in, 0)).isEqualTo(123_456);
    assertThat(HeraldRecords.frame(in, 0)).isEqualTo(TIME.frame());
    assertThat(HeraldRecords.picos(in, 0)).isEqualTo(TIME.picos());
    assertThat(HeraldRecords.epoch(in, 0)).isEqualTo(1_790_000_000_000L);
  }

  /// The documentation's example is what the code writes, and reads as the documentation says.
  @Test
  void theExampleOfTheDocumentationIsARecord() throws Exception {
    writeExample();
    String hex = HexFormat.of().formatHex(bytes());
    assertThat(documentedHex()).isEqualTo(hex);
    ByteBuf documented = Unpooled.wrappedBuffer(HexFormat.of().parseHex(documentedHex()));
    assertThat(records.check(documented, 0)).isEqualTo(RecordKind.HERALD);
    assertExample(documented);
  }

  private static String documentedHex() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "herald-record.md"));
    Matcher example = Pattern.compile("```hex\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(example.find()).isTrue();
    return example.group(1).replaceAll("\\s", "");
  }

  private byte[] bytes() {
    byte[] bytes = new byte[HeraldRecords.BYTES];
    buffer.getBytes(0, bytes);
    return bytes;
  }

  @Test
  void anyOneOrTwoFlippedBitsAreNoticed() {
    writeExample();
    int bits = 8 * HeraldRecords.BYTES;
    for (int one = 0; one < bits; one++) {
      flip(one);
      assertThat(refusal()).as("bit %d", one).contains("must be");
      for (int other = one + 1; other < bits; other += 31) {
        flip(other);
        assertThat(refusal()).as("bits %d and %d", one, other).contains("must be");
        flip(other);
      }
      flip(one);
    }
    assertThat(refusal()).isEqualTo("HERALD is accepted");
  }

  private void flip(int bit) {
    buffer.setByte(bit / 8, buffer.getByte(bit / 8) ^ (1 << (bit % 8)));
  }

  @Test
  void randomFieldsComeBackAndRandomBytesAreNeverARecord() throws Exception {
    long seed = 20_261;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] noise = new byte[HeraldRecords.BYTES];
    for (int run = 0; run < 20_000; run++) {
      buffer.clear();
      int link = random.nextInt(1 << 16);
      int slot = random.nextInt();
      long sequence = random.nextLong(Long.MAX_VALUE);
      NetworkTime time =
          new NetworkTime(
              random.nextLong(Long.MAX_VALUE), random.nextLong(NetworkTime.FRAME_PICOS));
      records.writeHerald(buffer, link, 65_535, slot, 3, 9, sequence, time, random.nextLong());
      assertThat(records.check(buffer, 0)).as("seed %d", seed).isEqualTo(RecordKind.HERALD);
      assertThat(HeraldRecords.link(buffer, 0)).isEqualTo(link);
      assertThat(HeraldRecords.slot(buffer, 0)).isEqualTo(slot);
      assertThat(HeraldRecords.sequence(buffer, 0)).isEqualTo(sequence);
      random.nextBytes(noise);
      // Half of the noise begins as a record does.
      buffer.setBytes(0, noise, 0, noise.length);
      if (run % 2 == 0) {
        buffer.setShort(0, HeraldRecords.MAGIC).setByte(2, HeraldRecords.VERSION);
      }
      assertThat(refusal()).as("seed %d, run %d", seed, run).contains("must be");
    }
  }

  @Test
  void refusalsNameFieldValueAndRule() {
    writeExample();
    buffer.setByte(2, 2);
    assertThat(refusal()).isEqualTo("version (2) must be 1");
    buffer.setShort(0, 0x1234);
    assertThat(refusal()).isEqualTo("magic (0x1234) must be 0xbe11");

    buffer.clear();
    records.writeHerald(buffer, 0, 0, 1, 4, 0, 1, TIME, 1);
    assertThat(refusal()).isEqualTo("bell index (4) must be in [0, 3]");

    buffer.clear();
    records.writeTally(buffer, 0, -1, TIME, 1);
    assertThat(refusal()).startsWith("sequence (18446744073709551615) must be below");
  }

  @Test
  void helloCarriesItsToken() throws Exception {
    byte[] token = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    records.writeHello(buffer, token);
    assertThat(records.check(buffer, 0)).isEqualTo(RecordKind.HELLO);
    assertThat(HeraldRecords.token(buffer, 0)).isEqualTo(token);
    assertThatThrownBy(() -> records.writeHello(buffer, new byte[3]))
        .hasMessage("token (3 bytes) must be 16 bytes");
  }

  @Test
  void completionsAndTalliesCarryTheirTime() throws Exception {
    records.writeCompletion(buffer, TIME, 7);
    records.writeTally(buffer, 3, 99, TIME, 7);
    assertThat(records.check(buffer, 0)).isEqualTo(RecordKind.COMPLETION);
    assertThat(HeraldRecords.frame(buffer, 0)).isEqualTo(TIME.frame());
    assertThat(records.check(buffer, HeraldRecords.BYTES)).isEqualTo(RecordKind.TALLY);
    assertThat(HeraldRecords.sequence(buffer, HeraldRecords.BYTES)).isEqualTo(99);
  }
}
