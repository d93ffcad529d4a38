package net.bellwether.agent.key;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bellwether.wire.TlsFiles;

/// The HTTPS server of the key delivery interface: mutual TLS, nothing served without a client
/// certificate of our authority.
final class EtsiServer implements AutoCloseable {
  static final int MOST_BODY_BYTES = 64 * 1024;
  private static final int MOST_HEADER_BYTES = 16 * 1024;

  private final ApplicationContext context;
  private final String host;
  private final int port;

  private EtsiServer(ApplicationContext context, String host, int port) {
    this.context = context;
    this.host = host;
    this.port = port;
  }

  static EtsiServer start(InetSocketAddress listen, TlsFiles tls, KeyDelivery delivery) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties(listen, tls))
            .singletons(delivery)
            .build();
    try {
      context.start();
      EmbeddedServer server = context.getBean(EmbeddedServer.class);
      server.start();
      return new EtsiServer(context, listen.getHostString(), server.getPort());
    } catch (RuntimeException e) {
      context.close();
      throw new IllegalStateException(
          "cannot serve keys at %s:%d: %s"
              .formatted(listen.getHostString(), listen.getPort(), rootMessage(e)),
          e);
    }
  }

  private static Map<String, Object> properties(InetSocketAddress listen, TlsFiles tls) {
    int port = listen.getPort() == 0 ? -1 : listen.getPort();
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("micronaut.server.host", listen.getHostString());
    properties.put("micronaut.server.port", port);
    properties.put("micronaut.server.max-request-size", MOST_BODY_BYTES);
    properties.put("micronaut.server.max-request-buffer-size", MOST_BODY_BYTES);
    properties.put("micronaut.server.idle-timeout", "30s");
    properties.put("micronaut.server.netty.max-header-size", MOST_HEADER_BYTES);
    properties.put("micronaut.certificate.file.own.path", tls.privateKey().toString());
    properties.put("micronaut.certificate.file.own.certificate-path", tls.certificate().toString());
    properties.put("micronaut.certificate.file.own.format", "PEM");
    properties.put("micronaut.certificate.file.trust.path", tls.trust().toString());
    properties.put("micronaut.certificate.file.trust.format", "PEM");
    properties.put("micronaut.server.ssl.enabled", true);
    properties.put("micronaut.server.ssl.port", port);
    properties.put("micronaut.server.ssl.key-name", "own");
    properties.put("micronaut.server.ssl.trust-name", "trust");
    properties.put("micronaut.server.ssl.client-authentication", "NEED");
    properties.put("micronaut.server.ssl.protocols", new String[] {"TLSv1.3", "TLSv1.2"});
    return properties;
  }

  private static String rootMessage(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  String endpoint() {
    return host + ":" + port;
  }

  @Override
  public void close() {
    context.close();
  }
}
