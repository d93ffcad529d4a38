package net.bellwether.agent.distill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashingTest {
  @Test
  void amplificationIsTheMatrixProduct() {
    SplittableRandom random = new SplittableRandom(3);
    for (int[] size : new int[][] {{1, 1}, {64, 64}, {65, 8}, {300, 129}, {1000, 200}}) {
      Bits input = bits(size[0], random);
      Bits seed = bits(Toeplitz.seedBytes(size[0], size[1]) * 8, random);
      byte[] hash = Toeplitz.hash(input, seed, size[1]);
      for (int row = 0; row < size[1]; row++) {
        boolean expected = false;
        for (int column = 0; column < size[0]; column++) {
          expected ^= seed.get(row + column) && input.get(column);
        }
        assertThat(((hash[row / 8] >>> (row % 8)) & 1) != 0).isEqualTo(expected);
      }
    }
  }

  @Test
  void oneDifferentBitChangesTheTag() {
    SplittableRandom random = new SplittableRandom(4);
    Bits bits = bits(5000, random);
    long seed = random.nextLong();
    long tag = VerificationHash.tag(bits, seed);
    for (int i = 0; i < 5000; i++) {
      bits.flip(i);
      assertThat(VerificationHash.tag(bits, seed)).isNotEqualTo(tag);
      bits.flip(i);
    }
    assertThat(VerificationHash.tag(bits, seed)).isEqualTo(tag);
  }

  private static Bits bits(int length, SplittableRandom random) {
    Bits bits = new Bits(length);
    for (int i = 0; i < length; i++) {
      bits.append(random.nextBoolean());
    }
    return bits;
  }
}
