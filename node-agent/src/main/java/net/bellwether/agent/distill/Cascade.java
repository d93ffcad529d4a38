package net.bellwether.agent.distill;

/// Block sizes of the passes of Cascade. The first is 2^ceil(log2(1/Q) - 1/2), as in variant (8) of
/// Martinez-Mateo, Pacher, Peev, Ciurana and Martin, "Demystifying the information reconciliation
/// protocol Cascade" (2015), section 4. There blocks of 4096 and then halves follow soon, which
/// leaves hundreds of errors of a long block to be found one after the other: thousands of round
/// trips. Ours grow fourfold a pass, so that most errors are found side by side, and end in halves,
/// which catch what is left.
final class Cascade {
  static final int PASSES = 14;

  private Cascade() {}

  static int[] blockSizes(int length, double errorRate) {
    double first =
        StrictMath.pow(2, StrictMath.ceil(StrictMath.log(1 / errorRate) / StrictMath.log(2) - 0.5));
    int half = (length + 1) / 2;
    int[] sizes = new int[PASSES];
    double wanted = first;
    for (int pass = 0; pass < PASSES; pass++) {
      sizes[pass] = (int) Math.min(half, wanted);
      wanted *= 4;
    }
    return sizes;
  }

  static int blockCount(int length, int size) {
    return (length + size - 1) / size;
  }

  static int middle(int from, int to) {
    return (from + to) >>> 1;
  }
}
