package net.bellwether.simulation.fault.key;

import java.nio.ByteBuffer;

/// Key material of which no four aligned bytes are alike anywhere in a world, so that whatever is
/// given out twice shows.
public final class Material {
  /// Odd, so that different counts stay different.
  private static final int SPREAD = 0x9E3779B1;

  private int wordCount;

  byte[] next(int words) {
    ByteBuffer bytes = ByteBuffer.allocate(words * Integer.BYTES);
    for (int i = 0; i < words; i++) {
      bytes.putInt(++wordCount * SPREAD);
    }
    return bytes.array();
  }
}
