package net.bellwether.agent.distill;

/// Privacy amplification: the product of a random binary Toeplitz matrix, a two-universal family,
/// with the reconciled bits. Row i, column j of the matrix is bit i + j of the seed, read against
/// the bits in order (a Hankel matrix: a Toeplitz matrix with its columns reversed, equally
/// universal).
final class Toeplitz {
  private Toeplitz() {}

  static int seedBytes(int inputBits, int outputBits) {
    return (inputBits + outputBits - 1 + 7) >>> 3;
  }

  static byte[] hash(Bits input, Bits seed, int outputBits) {
    byte[] output = new byte[(outputBits + 7) >>> 3];
    int inputWords = input.wordCount();
    int seedWords = (outputBits >>> 6) + inputWords + 1;
    long[] shifted = new long[seedWords];
    for (int shift = 0; shift < 64 && shift < outputBits; shift++) {
      for (int i = 0; i < seedWords; i++) {
        shifted[i] =
            shift == 0
                ? seed.word(i)
                : (seed.word(i) >>> shift) | (seed.word(i + 1) << (64 - shift));
      }
      for (int row = shift; row < outputBits; row += 64) {
        long sum = 0;
        int first = row >>> 6;
        for (int i = 0; i < inputWords; i++) {
          sum ^= shifted[first + i] & input.word(i);
        }
        output[row >>> 3] |= (byte) ((Long.bitCount(sum) & 1) << (row & 7));
      }
    }
    return output;
  }
}
