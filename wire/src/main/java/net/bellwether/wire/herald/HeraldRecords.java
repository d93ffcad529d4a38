package net.bellwether.wire.herald;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32C;
import net.bellwether.topology.time.NetworkTime;

/// Writes and reads herald records in place: 64 bytes, big-endian, sealed by a CRC-32C. Nothing is
/// allocated, so fields are read one by one, from a record that `check` has passed.
///
/// Not safe for use by several threads.
public final class HeraldRecords {
  /// 23 records fill the 1,472 bytes that a datagram can carry over Ethernet unfragmented.
  public static final int BYTES = 64;

  public static final int DATAGRAM_RECORDS_MAX = 23;

  public static final int TOKEN_BYTES = 16;

  static final int MAGIC = 0xBE11;
  static final int VERSION = 1;

  private static final int VERSION_AT = 2;
  private static final int KIND_AT = 3;
  private static final int LINK_AT = 4;
  private static final int MODE_AT = 6;
  private static final int SLOT_AT = 8;
  private static final int BELL_INDEX_AT = 12;
  private static final int FLAGS_AT = 13;
  private static final int DETECTORS_AT = 14;
  private static final int SEQUENCE_AT = 16;
  private static final int TOKEN_AT = 16;
  private static final int FRAME_AT = 24;
  private static final int PICOS_AT = 32;
  private static final int EPOCH_AT = 40;
  private static final int RESERVED_AT = 48;
  private static final int CHECKSUM_AT = 60;

  private static final int BELL_INDEX_MAX = 3;

  private final CRC32C checksum = new CRC32C();

  /// Appends a HELLO. `token` is what the device's inventory told.
  public void writeHello(ByteBuf out, byte[] token) {
    if (token.length != TOKEN_BYTES) {
      throw new IllegalArgumentException(
          "token (" + token.length + " bytes) must be " + TOKEN_BYTES + " bytes");
    }
    int at = begin(out, RecordKind.HELLO);
    out.setBytes(at + TOKEN_AT, token);
    seal(out, at);
  }

  /// Appends a HERALD. `detectors` is a bit for each detector that fired.
  public void writeHerald(
      ByteBuf out,
      int link,
      int mode,
      int slot,
      int bellIndex,
      int detectors,
      long sequence,
      NetworkTime time,
      long epoch) {
    int at = begin(out, RecordKind.HERALD);
    out.setShort(at + LINK_AT, link);
    out.setShort(at + MODE_AT, mode);
    out.setInt(at + SLOT_AT, slot);
    out.setByte(at + BELL_INDEX_AT, bellIndex);
    out.setShort(at + DETECTORS_AT, detectors);
    out.setLong(at + SEQUENCE_AT, sequence);
    setTime(out, at, time, epoch);
    seal(out, at);
  }

  /// Appends a TALLY: the next pair of `link` will be number `nextSequence`.
  public void writeTally(ByteBuf out, int link, long nextSequence, NetworkTime time, long epoch) {
    int at = begin(out, RecordKind.TALLY);
    out.setShort(at + LINK_AT, link);
    out.setLong(at + SEQUENCE_AT, nextSequence);
    setTime(out, at, time, epoch);
    seal(out, at);
  }

  /// Appends a COMPLETION: every herald before `until` has been sent.
  public void writeCompletion(ByteBuf out, NetworkTime until, long epoch) {
    int at = begin(out, RecordKind.COMPLETION);
    setTime(out, at, until, epoch);
    seal(out, at);
  }

  private static int begin(ByteBuf out, RecordKind kind) {
    int at = out.writerIndex();
    out.writeZero(BYTES);
    out.setShort(at, MAGIC);
    out.setByte(at + VERSION_AT, VERSION);
    out.setByte(at + KIND_AT, kind.code);
    return at;
  }

  private static void setTime(ByteBuf out, int at, NetworkTime time, long epoch) {
    out.setLong(at + FRAME_AT, time.frame());
    out.setLong(at + PICOS_AT, time.picos());
    out.setLong(at + EPOCH_AT, epoch);
  }

  private void seal(ByteBuf out, int at) {
    out.setInt(at + CHECKSUM_AT, checksum(out, at));
  }

  private int checksum(ByteBuf in, int at) {
    checksum.reset();
    // A view that the buffer keeps for its owner's use: nothing is allocated.
    checksum.update(in.internalNioBuffer(at, CHECKSUM_AT));
    return (int) checksum.getValue();
  }

  /// The kind of the record at `at`, all fields of which are in their ranges then.
  public RecordKind check(ByteBuf in, int at) throws MalformedRecord {
    int magic = in.getUnsignedShort(at);
    if (magic != MAGIC) {
      throw new MalformedRecord("magic", "0x%04x".formatted(magic), "be 0xbe11");
    }
    int version = in.getUnsignedByte(at + VERSION_AT);
    if (version != VERSION) {
      throw new MalformedRecord("version", Integer.toString(version), "be " + VERSION);
    }
    int written = in.getInt(at + CHECKSUM_AT);
    int found = checksum(in, at);
    if (written != found) {
      throw new MalformedRecord(
          "checksum", "0x%08x".formatted(written), "be 0x%08x".formatted(found));
    }
    if (in.getByte(at + FLAGS_AT) != 0
        || in.getLong(at + RESERVED_AT) != 0
        || in.getInt(at + RESERVED_AT + Long.BYTES) != 0) {
      throw new MalformedRecord("flags and reserved bytes", "some bit is set", "be 0");
    }
    RecordKind kind = kind(in, at);
    switch (kind) {
      case HELLO -> {}
      case HERALD -> {
        int bellIndex = in.getUnsignedByte(at + BELL_INDEX_AT);
        if (bellIndex > BELL_INDEX_MAX) {
          throw new MalformedRecord("bell index", Integer.toString(bellIndex), "be in [0, 3]");
        }
        checkSequence(in, at);
        checkTime(in, at);
      }
      case TALLY -> {
        checkSequence(in, at);
        checkTime(in, at);
      }
      case COMPLETION -> checkTime(in, at);
    }
    return kind;
  }

  private static void checkSequence(ByteBuf in, int at) throws MalformedRecord {
    long sequence = sequence(in, at);
    if (sequence < 0) {
      throw new MalformedRecord("sequence", Long.toUnsignedString(sequence), "be below 2^63");
    }
  }

  private static void checkTime(ByteBuf in, int at) throws MalformedRecord {
    if (frame(in, at) < 0) {
      throw new MalformedRecord("frame", Long.toUnsignedString(frame(in, at)), "be below 2^63");
    }
    long picos = picos(in, at);
    if (picos < 0 || picos >= NetworkTime.FRAME_PICOS) {
      throw new MalformedRecord("picoseconds", Long.toUnsignedString(picos), "be below 1e11");
    }
  }

  private static RecordKind kind(ByteBuf in, int at) throws MalformedRecord {
    int code = in.getUnsignedByte(at + KIND_AT);
    return switch (code) {
      case 1 -> RecordKind.HELLO;
      case 2 -> RecordKind.HERALD;
      case 3 -> RecordKind.TALLY;
      case 4 -> RecordKind.COMPLETION;
      default -> throw new MalformedRecord("kind", Integer.toString(code), "be in [1, 4]");
    };
  }

  /// What a HELLO carries.
  public static byte[] token(ByteBuf in, int at) {
    byte[] token = new byte[TOKEN_BYTES];
    in.getBytes(at + TOKEN_AT, token);
    return token;
  }

  /// Link number, as the device's inventory counts them.
  public static int link(ByteBuf in, int at) {
    return in.getUnsignedShort(at + LINK_AT);
  }

  /// Generation-mode number, as the device's inventory counts those of the link.
  public static int mode(ByteBuf in, int at) {
    return in.getUnsignedShort(at + MODE_AT);
  }

  /// Number of the standing request that owned the time.
  public static int slot(ByteBuf in, int at) {
    return in.getInt(at + SLOT_AT);
  }

  /// Ordinal of the Pauli that stands for the announced Bell state.
  public static int bellIndex(ByteBuf in, int at) {
    return in.getUnsignedByte(at + BELL_INDEX_AT);
  }

  public static int detectors(ByteBuf in, int at) {
    return in.getUnsignedShort(at + DETECTORS_AT);
  }

  public static long sequence(ByteBuf in, int at) {
    return in.getLong(at + SEQUENCE_AT);
  }

  public static long frame(ByteBuf in, int at) {
    return in.getLong(at + FRAME_AT);
  }

  public static long picos(ByteBuf in, int at) {
    return in.getLong(at + PICOS_AT);
  }

  public static long epoch(ByteBuf in, int at) {
    return in.getLong(at + EPOCH_AT);
  }
}
