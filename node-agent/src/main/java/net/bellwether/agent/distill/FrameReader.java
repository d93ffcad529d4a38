package net.bellwether.agent.distill;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads one frame of the other end and believes nothing about it.
final class FrameReader {
  private final byte[] bytes;
  private int at = 1;

  FrameReader(byte[] frame) {
    if (frame.length == 0) {
      throw new ProtocolViolation("empty frame");
    }
    bytes = frame;
  }

  FrameType type() {
    return FrameType.of(bytes[0]);
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new ProtocolViolation("number longer than 64 bits");
  }

  /// A number in [0, `most`].
  int number(int most, String what) {
    long value = number();
    if (value < 0 || value > most) {
      throw new ProtocolViolation(what + " (" + value + ") must be in [0, " + most + "]");
    }
    return (int) value;
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  long fixed() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (next() & 0xFFL) << shift;
    }
    return value;
  }

  String text(int mostBytes, String what) {
    return new String(raw(mostBytes, what), StandardCharsets.UTF_8);
  }

  byte[] raw(int mostBytes, String what) {
    return take(number(mostBytes, what));
  }

  Bits bits(int most, String what) {
    int length = number(most, what);
    return Bits.fromBytes(take((length + 7) >>> 3), length);
  }

  Bits bitsExactly(int length, String what) {
    Bits bits = bits(length, what);
    if (bits.length() != length) {
      throw new ProtocolViolation(what + " (" + bits.length() + ") must number " + length);
    }
    return bits;
  }

  void end() {
    if (at != bytes.length) {
      throw new ProtocolViolation("frame has " + (bytes.length - at) + " bytes too many");
    }
  }

  private byte[] take(int count) {
    if (count > bytes.length - at) {
      throw new ProtocolViolation("frame ends early");
    }
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  private byte next() {
    if (at == bytes.length) {
      throw new ProtocolViolation("frame ends early");
    }
    return bytes[at++];
  }
}
