package net.bellwether.topology;

/// Range checks that name the field, the value and the rule. NaN fails every one of them.
final class Require {
  private Require() {}

  static void positive(String field, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, field, value, "be positive and finite");
  }

  static void notNegative(String field, double value) {
    check(value >= 0 && value < Double.POSITIVE_INFINITY, field, value, "be at least 0");
  }

  static void probability(String field, double value) {
    check(value >= 0 && value <= 1, field, value, "be in [0, 1]");
  }

  static void in(String field, double value, double low, double high) {
    check(value >= low && value <= high, field, value, "be in [" + low + ", " + high + "]");
  }

  static void atLeast(String field, int value, int low) {
    check(value >= low, field, value, "be at least " + low);
  }

  private static void check(boolean holds, String field, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(field + " (" + value + ") must " + rule);
    }
  }
}
