package net.bellwether.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as tables print them.
final class Figures {
  private static final int SIGNIFICANT_DIGITS = 4;

  private Figures() {}

  /// Four significant digits without exponent; "-" where there is none.
  static String rate(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal number = new BigDecimal(value);
    int scale = Math.max(0, SIGNIFICANT_DIGITS - number.precision() + number.scale());
    return plain(number.setScale(scale, RoundingMode.HALF_EVEN));
  }

  static String fidelity(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String percent(double fraction) {
    return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : "-";
  }

  static String signedMillis(double millis) {
    return String.format(Locale.ROOT, "%+.1f ms", millis);
  }

  /// A value that may be asked for: rounded down, so that it is never more than was offered.
  static String offered(double value, int decimals) {
    return plain(new BigDecimal(value).setScale(decimals, RoundingMode.FLOOR));
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
