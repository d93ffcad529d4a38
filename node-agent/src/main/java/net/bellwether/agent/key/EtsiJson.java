package net.bellwether.agent.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import net.bellwether.agent.ledger.DeliveredKey;

/// Writes the answers of ETSI GS QKD 014.
final class EtsiJson {
  private EtsiJson() {}

  /// Key container; wipes the keys.
  static byte[] keys(Delivery.Keys delivered) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "{\"keys\":[");
    String separator = "";
    for (DeliveredKey key : delivered.keys()) {
      write(out, separator + "{\"key_ID\":\"" + key.id() + "\",\"key\":\"");
      byte[] encoded = Base64.getEncoder().encode(key.key());
      out.writeBytes(encoded);
      Arrays.fill(encoded, (byte) 0);
      key.wipe();
      write(out, "\"}");
      separator = ",";
    }
    write(out, "]}");
    return out.toByteArray();
  }

  static byte[] status(Delivery.Status status) {
    return ("{\"source_KME_ID\":%s,\"target_KME_ID\":%s,\"master_SAE_ID\":%s,\"slave_SAE_ID\":%s,"
            + "\"key_size\":%d,\"stored_key_count\":%d,\"max_key_count\":%d,"
            + "\"max_key_per_request\":%d,\"max_key_size\":%d,\"min_key_size\":%d,"
            + "\"max_SAE_ID_count\":0}")
        .formatted(
            quoted(status.sourceKme()),
            quoted(status.targetKme()),
            quoted(status.masterSae()),
            quoted(status.slaveSae()),
            KeyDelivery.DEFAULT_KEY_BITS,
            status.storedKeyCount(),
            KeyDelivery.MOST_STORED_KEYS,
            KeyDelivery.KEYS_PER_REQUEST,
            KeyDelivery.MOST_KEY_BITS,
            KeyDelivery.LEAST_KEY_BITS)
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] error(String message) {
    return ("{\"message\":" + quoted(message) + "}").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ByteArrayOutputStream out, String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
