package net.bellwether.agent.key;

import io.micronaut.http.HttpParameters;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads the requests of ETSI GS QKD 014: strict about JSON (no duplicate members, nothing after
/// the object), liberal about members it does not know.
final class EtsiRequests {
  /// The request is not what the standard says.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  private static final int MOST_NESTING = 16;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_NESTING)
                  .maxNumberLength(20)
                  .maxStringLength(EtsiServer.MOST_BODY_BYTES)
                  .build())
          .build();

  private interface Member {
    void read(String name, JsonParser json);
  }

  private EtsiRequests() {}

  static KeyRequest ofQuery(HttpParameters parameters) {
    return new KeyRequest(
        number("number", parameters, KeyRequest.DEFAULT.number()),
        number("size", parameters, KeyRequest.DEFAULT.sizeBits()),
        false,
        0);
  }

  private static long number(String name, HttpParameters parameters, long otherwise) {
    List<String> values = parameters.getAll(name);
    if (values.isEmpty()) {
      return otherwise;
    }
    String value = values.getFirst();
    if (values.size() > 1 || !value.matches("-?[0-9]{1,18}")) {
      throw new Malformed(name + " (" + String.join(", ", values) + ") shall be one integer");
    }
    return Long.parseLong(value);
  }

  /// A key request; an empty body asks for the defaults.
  static KeyRequest keyRequest(byte[] body) {
    if (body.length == 0) {
      return KeyRequest.DEFAULT;
    }
    long[] numbers = {KeyRequest.DEFAULT.number(), KeyRequest.DEFAULT.sizeBits()};
    boolean[] mandatory = {false};
    int[] slaves = {0};
    readObject(
        body,
        (name, json) -> {
          switch (name) {
            case "number" -> numbers[0] = integer(name, json);
            case "size" -> numbers[1] = integer(name, json);
            case "extension_mandatory" -> mandatory[0] = countElements(name, json) > 0;
            case "additional_slave_SAE_IDs" -> slaves[0] = countElements(name, json);
            default -> json.skipChildren();
          }
        });
    return new KeyRequest(numbers[0], numbers[1], mandatory[0], slaves[0]);
  }

  /// The ids of a dec_keys request.
  static List<String> keyIds(byte[] body) {
    List<String> ids = new ArrayList<>();
    readObject(
        body,
        (name, json) -> {
          if (!name.equals("key_IDs")) {
            json.skipChildren();
            return;
          }
          expect(json.currentToken() == JsonToken.START_ARRAY, "key_IDs shall be an array");
          while (json.nextToken() != JsonToken.END_ARRAY) {
            ids.add(keyId(json));
          }
        });
    return ids;
  }

  private static String keyId(JsonParser json) {
    String[] id = {""};
    readMembers(
        json,
        (name, value) -> {
          if (name.equals("key_ID")) {
            expect(value.currentToken() == JsonToken.VALUE_STRING, "key_ID shall be a string");
            id[0] = value.getString();
          } else {
            value.skipChildren();
          }
        });
    expect(!id[0].isEmpty(), "every entry of key_IDs shall have a key_ID");
    return id[0];
  }

  private static void readObject(byte[] body, Member member) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      readMembers(json, member);
      expect(json.nextToken() == null, "nothing shall follow the JSON object");
    } catch (JacksonException e) {
      throw new Malformed("body shall be one JSON object: " + e.getOriginalMessage());
    }
  }

  private static void readMembers(JsonParser json, Member member) {
    expect(json.currentToken() == JsonToken.START_OBJECT, "a JSON object is expected");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      member.read(name, json);
    }
  }

  private static long integer(String name, JsonParser json) {
    expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, name + " shall be an integer");
    return json.getLongValue();
  }

  private static int countElements(String name, JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    expect(json.currentToken() == JsonToken.START_ARRAY, name + " shall be an array");
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      json.skipChildren();
      count++;
    }
    return count;
  }

  private static void expect(boolean holds, String rule) {
    if (!holds) {
      throw new Malformed(rule);
    }
  }
}
