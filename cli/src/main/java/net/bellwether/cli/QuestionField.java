package net.bellwether.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import net.bellwether.v1.PlanRequestRequest;

/// What can be said of a planning question: the field of its message, the option of `bellctl plan`
/// and the key in a line of `--requests`.
enum QuestionField {
  FROM("from_node", "from"),
  TO("to_node", "to"),
  MIN_FIDELITY("min_fidelity", "minFidelity"),
  OBJECTIVE("objective", "objective"),
  PRICE_UNIT("price_unit", "priceUnit"),
  DEFAULT_PRICE("default_price", "defaultPrice"),
  PRICE("prices", "price"),
  MIN_RATE("min_pairs_per_second", "minRate"),
  KEY_PROTOCOL("key_protocol", "keyProtocol"),
  BLOCK_PAIRS("block_pairs", "blockPairs"),
  AVOID("excluded", "avoid"),
  VIA("required", "via"),
  RELAY("relays", "relay"),
  MAX_HOPS("max_hops", "maxHops"),
  STATES("states", "states"),
  PURIFICATIONS("purifications", "purifications"),
  BUDGET("work_budget", "budget"),
  ALTERNATIVES("alternatives", "alternatives"),
  EMPTY_NETWORK("empty_network", "emptyNetwork");

  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private final FieldDescriptor field;
  private final String key;

  QuestionField(String field, String key) {
    this.field =
        Objects.requireNonNull(PlanRequestRequest.getDescriptor().findFieldByName(field), field);
    this.key = key;
  }

  static Optional<QuestionField> findByKey(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }

  static Optional<QuestionField> findByField(String field) {
    return Arrays.stream(values()).filter(each -> each.field.getName().equals(field)).findFirst();
  }

  FieldDescriptor field() {
    return field;
  }

  String key() {
    return key;
  }

  /// As errors call it; the ends go without dashes, as everywhere.
  String option() {
    return this == FROM || this == TO
        ? key
        : "--" + CAPITAL.matcher(key).replaceAll(m -> "-" + m.group().toLowerCase(Locale.ROOT));
  }
}
