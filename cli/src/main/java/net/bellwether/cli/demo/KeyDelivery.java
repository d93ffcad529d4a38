package net.bellwether.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.wire.TlsFiles;

/// One consumer at its key manager, as ETSI GS QKD 014 has it, through curl.
public record KeyDelivery(TlsFiles consumer, String endpoint, String peerSae) {
  /// A refusal of the key manager, with its HTTP status and message.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String body) {
      super("HTTP " + status + ": " + body);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  /// A new key for this consumer and its peer: key id to key in base64, in order.
  ///
  /// @throws Refused where the key manager has none
  public SequencedMap<String, String> encryptionKeys(int number, int sizeBits) {
    return keys(fetch("enc_keys?number=" + number + "&size=" + sizeBits, ""));
  }

  /// The keys that the peer was given under these ids.
  ///
  /// @throws Refused where one of them is not to be had here (any more)
  public SequencedMap<String, String> decryptionKeys(List<String> keyIds) {
    JsonArray ids = new JsonArray();
    for (String keyId : keyIds) {
      JsonObject entry = new JsonObject();
      entry.addProperty("key_ID", keyId);
      ids.add(entry);
    }
    JsonObject body = new JsonObject();
    body.add("key_IDs", ids);
    return keys(fetch("dec_keys", body.toString()));
  }

  /// Keys of the default size that could be served now.
  public long storedKeyCount() {
    return JsonParser.parseString(fetch("status", ""))
        .getAsJsonObject()
        .get("stored_key_count")
        .getAsLong();
  }

  public String url(String call) {
    return "https://%s/api/v1/keys/%s/%s"
        .formatted(endpoint, URLEncoder.encode(peerSae, StandardCharsets.UTF_8), call);
  }

  private String fetch(String call, String body) {
    Curl.Reply reply = Curl.fetch(consumer, url(call), body);
    if (reply.status() != 200) {
      throw new Refused(reply.status(), reply.body());
    }
    return reply.body();
  }

  private static SequencedMap<String, String> keys(String container) {
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    List<JsonElement> entries = new ArrayList<>();
    JsonParser.parseString(container)
        .getAsJsonObject()
        .getAsJsonArray("keys")
        .forEach(entries::add);
    for (JsonElement entry : entries) {
      JsonObject key = entry.getAsJsonObject();
      keys.put(key.get("key_ID").getAsString(), key.get("key").getAsString());
    }
    return keys;
  }
}
