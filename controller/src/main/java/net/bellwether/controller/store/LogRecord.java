package net.bellwether.controller.store;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// One commit as it stands in the log. `chain` is the SHA-256 of the former record's chain and this
/// record's bytes: it is checksum and order in one. The record that opens a term has no operations
/// and no operation id.
record LogRecord(
    long revision, long term, String operationId, List<Operation> operations, ByteString chain) {
  private static final int ENCODING = 1;
  private static final int PUT = 1;
  private static final int DELETE = 2;

  LogRecord {
    operations = List.copyOf(operations);
  }

  /// The record that follows `former`.
  static LogRecord after(
      ByteString former, long revision, long term, String operationId, List<Operation> operations) {
    return new LogRecord(
        revision,
        term,
        operationId,
        operations,
        chain(former, encode(revision, term, operationId, operations)));
  }

  static ByteString chain(ByteString former, byte[] encoded) {
    MessageDigest sha = sha256();
    sha.update(former.asReadOnlyByteBuffer());
    return ByteString.copyFrom(sha.digest(encoded));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  byte[] encoded() {
    return encode(revision, term, operationId, operations);
  }

  /// Bytes of keys and values: what retention counts.
  long bytes() {
    return operations.stream().mapToLong(StoreLimits::bytes).sum();
  }

  private static byte[] encode(
      long revision, long term, String operationId, List<Operation> operations) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(ENCODING);
      out.writeLong(revision);
      out.writeLong(term);
      out.writeUTF(operationId);
      out.writeInt(operations.size());
      for (Operation operation : operations) {
        switch (operation) {
          case Operation.Put put -> {
            out.writeByte(PUT);
            out.writeUTF(put.key());
            out.writeInt(put.value().size());
            put.value().writeTo(out);
          }
          case Operation.Delete delete -> {
            out.writeByte(DELETE);
            out.writeUTF(delete.key());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Reads bytes whose `chain` has been verified: a failure here is one of the program.
  static LogRecord decode(byte[] encoded, ByteString chain) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      int encoding = in.readUnsignedByte();
      if (encoding != ENCODING) {
        throw new IllegalStateException(
            "record encoding (" + encoding + ") must be " + ENCODING + "; use a newer version");
      }
      long revision = in.readLong();
      long term = in.readLong();
      String operationId = in.readUTF();
      int count = in.readInt();
      List<Operation> operations = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        operations.add(
            in.readUnsignedByte() == PUT
                ? Operation.put(in.readUTF(), in.readNBytes(in.readInt()))
                : Operation.delete(in.readUTF()));
      }
      return new LogRecord(revision, term, operationId, operations, chain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
