package net.bellwether.scheduler.solver;

import net.bellwether.topology.physics.BellDiagonal;

/// Bell-diagonal states of labels, by their correlations (XX, −YY, ZZ), which swaps multiply; and
/// the state that an operation just made.
final class BellStates {
  private static final double TOLERANCE = 1e-12;

  private final Labels labels;
  private double xx;
  private double yy;
  private double zz;

  BellStates(Labels labels) {
    this.labels = labels;
  }

  /// The state of a pair that was just heralded.
  void take(BellDiagonal state) {
    xx = state.correlationXX();
    yy = -state.correlationYY();
    zz = state.correlationZZ();
  }

  void store(int label) {
    labels.xx[label] = xx;
    labels.yy[label] = yy;
    labels.zz[label] = zz;
  }

  double resultWerner() {
    return (xx + yy + zz) / 3;
  }

  void swap(int left, int right, NetworkSnapshot snapshot, int at) {
    double right1 = 1 - 2 * snapshot.readoutError(at);
    double gate = snapshot.gateFidelity(at);
    xx = labels.xx[left] * labels.xx[right] * gate * right1;
    yy = labels.yy[left] * labels.yy[right] * gate * right1 * right1;
    zz = labels.zz[left] * labels.zz[right] * gate * right1;
  }

  /// Probability of success, 0 where there is none.
  double purify(int kept, int sacrificed, int protocol, double gates, double misread) {
    double a = labels.xx[kept];
    double b = labels.yy[kept];
    double c = labels.zz[kept];
    double d = labels.xx[sacrificed];
    double e = labels.yy[sacrificed];
    double f = labels.zz[sacrificed];
    boolean exchange = protocol == Labels.DEJMPS;
    // Exchanging the errors Y and Z exchanges −YY and ZZ.
    double b1 = exchange ? c : b;
    double c1 = exchange ? b : c;
    double e1 = exchange ? f : e;
    double f1 = exchange ? e : f;
    double pI = (1 + a + b1 + c1) / 4;
    double pX = (1 + a - b1 - c1) / 4;
    double pY = (1 - a + b1 - c1) / 4;
    double pZ = (1 - a - b1 + c1) / 4;
    double qI = (1 + d + e1 + f1) / 4;
    double qX = (1 + d - e1 - f1) / 4;
    double qY = (1 - d + e1 - f1) / 4;
    double qZ = (1 - d - e1 + f1) / 4;
    double agree = 1 - misread;
    double outI = agree * (pI * qI + pZ * qZ) + misread * (pI * qX + pZ * qY);
    double outZ = agree * (pI * qZ + pZ * qI) + misread * (pI * qY + pZ * qX);
    double outX = agree * (pX * qX + pY * qY) + misread * (pX * qI + pY * qZ);
    double outY = agree * (pX * qY + pY * qX) + misread * (pX * qZ + pY * qI);
    double success = gates * (outI + outX + outY + outZ) + (1 - gates) / 2;
    if (success <= 0) {
      xx = 0;
      yy = 0;
      zz = 0;
      return 0;
    }
    double scale = gates / success;
    xx = scale * (outI + outX - outY - outZ);
    yy = scale * (outI + outY - outX - outZ);
    zz = scale * (outI + outZ - outX - outY);
    return success;
  }

  /// Whether `other` becomes `label` by local Pauli noise: correlations divide where noise
  /// convolves, and the quotients must be those of a probability distribution. A coarse comparison
  /// lets the first be a little worse.
  boolean covers(int other, int label, double coarseness) {
    double x = quotient(labels.xx[label], labels.xx[other], coarseness);
    double y = quotient(labels.yy[label], labels.yy[other], coarseness);
    double z = quotient(labels.zz[label], labels.zz[other], coarseness);
    return 1 + x + y + z >= -TOLERANCE
        && 1 + x - y - z >= -TOLERANCE
        && 1 - x + y - z >= -TOLERANCE
        && 1 - x - y + z >= -TOLERANCE;
  }

  /// Of what is a little worse than `label`: by a part of what is missing to a perfect correlation.
  private static double quotient(double label, double other, double coarseness) {
    if (Math.abs(other) > TOLERANCE) {
      return (label - coarseness * (1 - label)) / other;
    }
    return Math.abs(label) > TOLERANCE ? Double.NaN : 0;
  }
}
