package net.bellwether.wire;

import java.net.URI;
import java.util.regex.Pattern;

/// The grammar of identities.
final class Spiffe {
  static final String SCHEME = "spiffe://";
  static final int SAN_URI = 6;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62})");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,252})");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  private Spiffe() {}

  static void check(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s (%s) must be 1 to 63 letters, digits, '.', '_' or '-', and start with a letter or digit"
              .formatted(what, value));
    }
  }

  static void checkDomain(String value) {
    if (!DOMAIN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "trust domain (%s) must be lower-case letters, digits, '.', '_' or '-'".formatted(value));
    }
  }

  static void checkNumber(String what, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " number (" + value + ") must be at least 0");
    }
  }

  static URI uri(String domain, String path) {
    return URI.create(SCHEME + domain + "/" + path);
  }

  static int number(String uri, String text) {
    // One spelling per identity: "01" is not "1".
    if (!NUMBER.matcher(text).matches()) {
      throw malformed(uri);
    }
    return Integer.parseInt(text);
  }

  static IllegalArgumentException malformed(String uri) {
    return new IllegalArgumentException(
        "identity (%s) must be spiffe://DOMAIN/ and one of node/NAME, controller/N, operator/NAME, tenant/T/sae/APP, emulator/N"
            .formatted(uri));
  }
}
