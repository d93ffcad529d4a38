package net.bellwether.agent.key;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Key ids in text.
final class KeyIds {
  private KeyIds() {}

  /// A UUID of 36 characters; `UUID.fromString` alone would take shorter ones too.
  static Optional<UUID> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text.toLowerCase(Locale.ROOT))
          ? Optional.of(id)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
