package net.bellwether.controller.store.etcd;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.bellwether.wire.TlsFiles;

/// Where etcd is and how long to wait for it.
///
/// @param endpoints its members' client addresses, HOST:PORT each
/// @param tls who this controller is to etcd, and the authority of etcd's certificates. Whoever
///   that authority of clients certifies may write everything, so it should certify controllers
///   only.
/// @param prefix what all keys begin with; clusters that share an etcd have one each
/// @param requestTimeout of one try at one member
/// @param giveUpAfter how long reads and commits are tried again before they fail
public record EtcdConfig(
    List<String> endpoints,
    TlsFiles tls,
    String prefix,
    Duration requestTimeout,
    Duration giveUpAfter) {
  public static final String PREFIX = "/bellwether/v1/";

  /// Decides the gap when etcd's leader dies: with 2 s the longest was 4.8 s, with this 1.0 s.
  public static final Duration REQUEST_TIMEOUT = Duration.ofMillis(300);

  /// Outlives an election of etcd (1.0 s), not a leadership (3.3 s).
  public static final Duration GIVE_UP_AFTER = Duration.ofMillis(1_500);

  private static final int ENDPOINTS_MAX = 9;
  private static final int PREFIX_CHARACTERS_MAX = 128;
  private static final Pattern PREFIX_FORM = Pattern.compile("/([!-~]*/)?");

  public EtcdConfig {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty() || endpoints.size() > ENDPOINTS_MAX) {
      throw new IllegalArgumentException(
          "endpoints (%d) must be 1 to %d addresses HOST:PORT"
              .formatted(endpoints.size(), ENDPOINTS_MAX));
    }
    if (prefix.length() > PREFIX_CHARACTERS_MAX || !PREFIX_FORM.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix (%s) must begin and end with '/' and have at most %d printable ASCII characters"
              .formatted(prefix, PREFIX_CHARACTERS_MAX));
    }
    checkPositive("requestTimeout", requestTimeout);
    checkPositive("giveUpAfter", giveUpAfter);
  }

  /// The standard prefix and times.
  public static EtcdConfig of(List<String> endpoints, TlsFiles tls) {
    return new EtcdConfig(endpoints, tls, PREFIX, REQUEST_TIMEOUT, GIVE_UP_AFTER);
  }

  public EtcdConfig withPrefix(String newPrefix) {
    return new EtcdConfig(endpoints, tls, newPrefix, requestTimeout, giveUpAfter);
  }

  private static void checkPositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " (" + value + ") must be positive");
    }
  }
}
