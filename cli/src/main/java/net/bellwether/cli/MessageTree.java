package net.bellwether.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import net.bellwether.v1.PlanRequestResponse;
import org.jspecify.annotations.Nullable;

/// Messages as trees of maps, lists and scalars: every field in the order of its definition under
/// its JSON name, defaults included, so that scripts find the same fields always. Unlike the JSON
/// form of protobuf, 64-bit integers stay numbers and absent messages are null.
final class MessageTree {
  /// What an answer without a plan tells beside its reason.
  private static final Set<String> TOLD_OF_REJECTION =
      Set.of("planningMicros", "objective", "effort", "reachableFidelity", "advice");

  /// What only rounds of a plan that runs can tell.
  private static final Set<String> DELIVERED =
      Set.of("pairsPerSecond", "finiteKeyBitsPerSecond", "qberZ", "qberX", "waiting");

  private MessageTree() {}

  static SequencedMap<String, @Nullable Object> of(Message message) {
    if (message instanceof PlanRequestResponse plan) {
      return ofPlan(plan);
    }
    SequencedMap<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      tree.put(field.getJsonName(), field(message, field));
    }
    return tree;
  }

  /// docs/plan-json.md.
  static SequencedMap<String, @Nullable Object> ofPlan(PlanRequestResponse plan) {
    boolean planned = PlanStatus.of(plan) == PlanStatus.PLANNED;
    SequencedMap<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("status", plan.getStatus());
    for (FieldDescriptor field : plan.getDescriptorForType().getFields()) {
      String name = field.getJsonName();
      if (name.equals("reason")) {
        tree.put(name, plan.getReason().isEmpty() ? null : plan.getReason());
      } else if (!name.equals("status")) {
        boolean told = planned ? isKnown(plan, name) : TOLD_OF_REJECTION.contains(name);
        tree.put(name, told ? field(plan, field) : null);
      }
    }
    return tree;
  }

  /// Nothing is known of what a plan delivers that agents cannot run; with relays, of its pairs.
  private static boolean isKnown(PlanRequestResponse plan, String name) {
    boolean runs = !plan.hasRunnable() || plan.getRunnable();
    return (runs || !DELIVERED.contains(name))
        && (plan.hasBellDiagonal() || !name.equals("fidelity"));
  }

  private static @Nullable Object field(Message message, FieldDescriptor field) {
    if (field.isMapField()) {
      SequencedMap<String, @Nullable Object> entries = new LinkedHashMap<>();
      for (Object element : (List<?>) message.getField(field)) {
        MapEntry<?, ?> entry = (MapEntry<?, ?>) element;
        entries.put(String.valueOf(entry.getKey()), value(entry.getValue()));
      }
      return entries;
    }
    if (field.isRepeated()) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object element : (List<?>) message.getField(field)) {
        values.add(value(element));
      }
      return values;
    }
    if (field.hasPresence() && !message.hasField(field)) {
      return null;
    }
    return value(message.getField(field));
  }

  private static @Nullable Object value(Object value) {
    return switch (value) {
      case Message message -> of(message);
      case EnumValueDescriptor constant -> constant.getName();
      case ByteString bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
      // JSON has no word for them.
      case Double number when !Double.isFinite(number) -> null;
      default -> value;
    };
  }
}
