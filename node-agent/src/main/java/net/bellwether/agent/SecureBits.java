package net.bellwether.agent;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Unpredictable numbers for measurement bases, drawn from the platform in blocks: bases must not
/// be guessed by anybody, and thousands a second are needed. Not safe for use by several threads.
final class SecureBits implements RandomGenerator {
  private static final int BLOCK_BYTES = 4_096;

  private final SecureRandom source = new SecureRandom();
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);

  @Override
  public long nextLong() {
    if (!block.hasRemaining()) {
      source.nextBytes(block.array());
      block.clear();
    }
    return block.getLong();
  }
}
