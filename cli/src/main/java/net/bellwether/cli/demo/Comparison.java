package net.bellwether.cli.demo;

import java.io.PrintWriter;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.v1.Session;

/// Predicted beside measured figures of one session, as a table.
final class Comparison {
  private Comparison() {}

  static void print(Session session, PrintWriter out) {
    PlanRequestResponse predicted = session.getPlan();
    Achieved measured = session.getAchieved();
    double rate = measured.getPairCount() / measured.getSeconds();
    double rateError = Math.sqrt((double) measured.getPairCount()) / measured.getSeconds();
    out.printf("  %-30s %14s %22s%n", "", "predicted", "measured");
    out.printf(
        "  %-30s %14.0f %15.0f ± %4.0f%n",
        "delivered pairs/s", predicted.getPairsPerSecond(), rate, rateError);
    out.printf(
        "  %-30s %14.4f %13.4f ± %.4f%n",
        "fidelity",
        predicted.getFidelity(),
        measured.getFidelity(),
        measured.getFidelityHalfWidth());
    out.printf(
        "  %-30s %14.4f %22.4f%n",
        "QBER, key basis (Z)", predicted.getQberZ(), measured.getQberZ());
    out.printf(
        "  %-30s %14.4f %22.4f%n",
        "QBER, test basis (X)", predicted.getQberX(), measured.getQberX());
    out.printf(
        "  %-30s %14.0f %22s%n",
        "secret key bit/s, asymptotic", predicted.getSecretKeyBitsPerSecond(), "");
    out.printf(
        "  %-30s %14.0f %22.0f%n",
        "secret key bit/s, finite size",
        predicted.getFiniteKeyBitsPerSecond(),
        measured.getKeySeconds() > 0 ? measured.getKeyBits() / measured.getKeySeconds() : 0);
    out.printf(
        "  measured over %.1f s of network time and %d pairs%n",
        measured.getSeconds(), measured.getPairCount());
    out.flush();
  }
}
