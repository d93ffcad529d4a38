package net.bellwether.agent.key;

import java.util.List;
import net.bellwether.agent.ledger.DeliveredKey;

/// What a consumer is told.
public sealed interface Delivery {
  /// Keys, given out: to be sent and then wiped.
  record Keys(List<DeliveredKey> keys) implements Delivery {}

  record Status(
      String sourceKme, String targetKme, String masterSae, String slaveSae, long storedKeyCount)
      implements Delivery {}

  /// The request is wrong.
  record Mistake(String message) implements Delivery {}

  /// The caller is not a consumer, or not one of those that the keys are for.
  record Unauthorized(String message) implements Delivery {}

  /// Nothing wrong with the request: later it may succeed.
  record NotNow(String message) implements Delivery {}
}
