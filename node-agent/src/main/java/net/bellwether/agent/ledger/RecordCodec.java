package net.bellwether.agent.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Records of the ledger as bytes, big-endian, fields in order. Key material has no form here: it
/// is stored as it is.
final class RecordCodec {
  /// A reservation with where it belongs.
  record StoredReservation(String session, boolean own, ReservedKey key) {}

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private RecordCodec() {}

  static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static long readLong(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  static byte[] bytes(Block block) {
    return written(out -> {
      out.writeInt(block.lengthBytes);
      out.writeInt(block.ownFromBytes);
      out.writeInt(block.ownToBytes);
      out.writeBoolean(block.pending);
      write(out, block.taken);
      write(out, block.spent);
    });
  }

  static Block readBlock(String session, long number, byte[] bytes) {
    return read(
        bytes,
        in -> {
          int length = in.readInt();
          int ownFrom = in.readInt();
          int ownTo = in.readInt();
          boolean pending = in.readBoolean();
          return new Block(
              session,
              number,
              length,
              ownFrom,
              ownTo,
              pending,
              readIntervals(in),
              readIntervals(in));
        });
  }

  static byte[] bytes(String session, boolean own, ReservedKey key) {
    return written(out -> {
      out.writeUTF(session);
      out.writeBoolean(own);
      out.writeInt(key.pieces().size());
      for (KeyPiece piece : key.pieces()) {
        out.writeLong(piece.block());
        out.writeInt(piece.offsetBytes());
        out.writeInt(piece.lengthBytes());
      }
    });
  }

  static StoredReservation readReservation(UUID id, byte[] bytes) {
    return read(
        bytes,
        in -> {
          String session = in.readUTF();
          boolean own = in.readBoolean();
          List<KeyPiece> pieces = new ArrayList<>();
          for (int count = in.readInt(); count > 0; count--) {
            pieces.add(new KeyPiece(in.readLong(), in.readInt(), in.readInt()));
          }
          return new StoredReservation(session, own, new ReservedKey(id, pieces));
        });
  }

  static byte[] bytes(Counters counters) {
    return written(out -> {
      out.writeLong(counters.highestBlock());
      out.writeLong(counters.distilledBits());
      out.writeLong(counters.deliveredKeyCount());
      out.writeLong(counters.burntKeyCount());
      out.writeLong(counters.blockCount());
      out.writeLong(counters.failedBlockCount());
      for (Counters.ErrorCount errors : List.of(counters.z(), counters.x(), counters.y())) {
        out.writeLong(errors.compared());
        out.writeLong(errors.errors());
      }
    });
  }

  static Counters readCounters(byte[] bytes) {
    return read(
        bytes,
        in ->
            new Counters(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                new Counters.ErrorCount(in.readLong(), in.readLong()),
                new Counters.ErrorCount(in.readLong(), in.readLong()),
                new Counters.ErrorCount(in.readLong(), in.readLong())));
  }

  private static void write(DataOutputStream out, Intervals intervals) throws IOException {
    out.writeInt(intervals.asMap().size());
    for (Map.Entry<Integer, Integer> interval : intervals.asMap().entrySet()) {
      out.writeInt(interval.getKey());
      out.writeInt(interval.getValue());
    }
  }

  private static Intervals readIntervals(DataInputStream in) throws IOException {
    Intervals intervals = new Intervals();
    for (int count = in.readInt(); count > 0; count--) {
      intervals.add(in.readInt(), in.readInt());
    }
    return intervals;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try {
      return reading.from(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
