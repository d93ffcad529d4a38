package net.bellwether.agent.distill;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes one frame: a type byte, then numbers as unsigned varints (7 bits a byte, low first).
final class FrameWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  FrameWriter(FrameType type) {
    bytes.write(type.code());
  }

  FrameWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  /// A number that may be negative: sign in the lowest bit.
  FrameWriter signed(long value) {
    return number((value << 1) ^ (value >> 63));
  }

  FrameWriter fixed(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      bytes.write((int) (value >>> shift));
    }
    return this;
  }

  FrameWriter text(String value) {
    return raw(value.getBytes(StandardCharsets.UTF_8));
  }

  FrameWriter raw(byte[] value) {
    number(value.length);
    bytes.writeBytes(value);
    return this;
  }

  FrameWriter bits(Bits value) {
    number(value.length());
    bytes.writeBytes(value.toBytes());
    return this;
  }

  byte[] frame() {
    return bytes.toByteArray();
  }
}
