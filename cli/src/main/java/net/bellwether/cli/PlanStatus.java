package net.bellwether.cli;

import java.util.Arrays;
import java.util.Locale;
import net.bellwether.v1.PlanRequestResponse;

/// How a planning question was answered.
enum PlanStatus {
  PLANNED,
  REJECTED,
  /// The question itself was wrong; said of a line among many only.
  INVALID;

  /// As answers spell it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PlanStatus of(PlanRequestResponse answer) {
    return Arrays.stream(values())
        .filter(status -> status.word().equals(answer.getStatus()))
        .findFirst()
        .orElse(REJECTED);
  }
}
