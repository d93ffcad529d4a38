package net.bellwether.scheduler;

import net.bellwether.scheduler.plan.Plan;

/// Plans for people.
public final class PlanText {
  /// Plans that take thousands of pairs are cut off here.
  private static final int MAX_CHARACTERS = 60_000;

  private PlanText() {}

  /// `plan` as an indented tree, one operation a line, each operation above what it uses.
  /// Purifications that repeat the same protocol on their own results are one line.
  public static String tree(Plan plan) {
    StringBuilder text = new StringBuilder();
    append(plan, "", text);
    if (isFull(text)) {
      text.append("... and more of the same: the plan takes very many pairs\n");
    }
    return text.toString();
  }

  private static void append(Plan plan, String indent, StringBuilder text) {
    if (isFull(text)) {
      return;
    }
    String inner = indent + "  ";
    switch (plan) {
      case Plan.Generate generate ->
          line(
              text,
              indent,
              "generate %s–%s on %s (%s)"
                  .formatted(generate.left(), generate.right(), generate.link(), generate.mode()));
      case Plan.Swap swap -> {
        line(text, indent, "swap at " + swap.at());
        append(swap.leftPart(), inner, text);
        append(swap.rightPart(), inner, text);
      }
      case Plan.Purify purify -> {
        int rounds = 1;
        Plan input = purify.kept();
        while (isSymmetric(purify)
            && input instanceof Plan.Purify again
            && again.protocol() == purify.protocol()
            && isSymmetric(again)) {
          rounds++;
          input = again.kept();
        }
        line(
            text,
            indent,
            "purify %s–%s %s x%d"
                .formatted(purify.left(), purify.right(), purify.protocol(), rounds));
        append(input, inner, text);
        if (!isSymmetric(purify)) {
          append(purify.sacrificed(), inner, text);
        }
      }
      case Plan.Relay relay -> {
        line(text, indent, "relay key at " + relay.at());
        append(relay.leftPart(), inner, text);
        append(relay.rightPart(), inner, text);
      }
    }
  }

  private static boolean isSymmetric(Plan.Purify purify) {
    return purify.kept().equals(purify.sacrificed());
  }

  private static void line(StringBuilder text, String indent, String operation) {
    text.append(indent).append(operation).append('\n');
  }

  private static boolean isFull(StringBuilder text) {
    return text.length() >= MAX_CHARACTERS;
  }
}
