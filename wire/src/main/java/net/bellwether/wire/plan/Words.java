package net.bellwether.wire.plan;

import java.util.List;
import java.util.Locale;
import net.bellwether.scheduler.request.Objective;

/// The words that messages have for alternatives: those of the vocabulary in small letters, with
/// hyphens.
final class Words {
  static final String CHEAPEST = "cheapest";
  static final String PAIR_RATE = "pair-rate";
  static final String SECRET_KEY_RATE = "secret-key-rate";
  static final String FIDELITY = "fidelity";

  static final List<String> OBJECTIVES = List.of(CHEAPEST, PAIR_RATE, SECRET_KEY_RATE, FIDELITY);

  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String of(Objective objective) {
    return switch (objective) {
      case Objective.Cheapest _ -> CHEAPEST;
      case Objective.PairRate _ -> PAIR_RATE;
      case Objective.SecretKeyRate _ -> SECRET_KEY_RATE;
      case Objective.Fidelity _ -> FIDELITY;
    };
  }

  /// The one of `values` that `word` means, `standard` where it is empty.
  static <E extends Enum<E>> E read(String field, String word, E standard) {
    E[] values = standard.getDeclaringClass().getEnumConstants();
    if (word.isEmpty()) {
      return standard;
    }
    for (E value : values) {
      if (of(value).equals(word)) {
        return value;
      }
    }
    throw unknown(field, word, List.of(values).stream().map(Words::of).toList());
  }

  static QuestionMistake unknown(String field, String word, List<String> words) {
    String last = words.getLast();
    return new QuestionMistake(
        field,
        "(%s) must be %s or %s"
            .formatted(word, String.join(", ", words.subList(0, words.size() - 1)), last));
  }
}
