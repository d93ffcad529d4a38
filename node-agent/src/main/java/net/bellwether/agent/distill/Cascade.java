package net.bellwether.agent.distill;

/// Block sizes of the passes of Cascade, variant (8) of Martinez-Mateo, Pacher, Peev, Ciurana and
/// Martin, "Demystifying the information reconciliation protocol Cascade" (2015), section 4:
/// fourteen passes, k1 = 2^ceil(a), k2 = 2^ceil((a + 12) / 2), k3 = 4096, then halves, for a = log2(1/Q) - 1/2.
final class Cascade {
  static final int PASSES = 14;

  private Cascade() {}

  static int[] blockSizes(int length, double errorRate) {
    double a = StrictMath.log(1 / errorRate) / StrictMath.log(2) - 0.5;
    int half = (length + 1) / 2;
    int[] sizes = new int[PASSES];
    for (int pass = 0; pass < PASSES; pass++) {
      double wanted =
          switch (pass) {
            case 0 -> StrictMath.pow(2, StrictMath.ceil(a));
            case 1 -> StrictMath.pow(2, StrictMath.ceil((a + 12) / 2));
            case 2 -> 4096;
            default -> half;
          };
      sizes[pass] = (int) Math.min(half, wanted);
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
