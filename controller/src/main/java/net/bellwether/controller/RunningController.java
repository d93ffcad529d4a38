package net.bellwether.controller;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A controller in this process, from its start until it is closed. The parts are Micronaut beans;
/// its HTTP server only starts where one is asked for.
public final class RunningController implements AutoCloseable {
  private final ApplicationContext context;
  private final int port;
  private final OptionalInt httpPort;

  private RunningController(ApplicationContext context, int port, OptionalInt httpPort) {
    this.context = context;
    this.port = port;
    this.httpPort = httpPort;
  }

  /// Opens the store, resumes what it holds, and listens.
  ///
  /// @throws RuntimeException whose cause says in one line what is wrong: an address that is taken,
  ///   TLS files that are not usable, a store that is damaged or in use
  public static RunningController start(ControllerConfig config) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties(config))
            .singletons(config)
            .build();
    try {
      context.start();
      int port = context.getBean(ControllerBeans.RunningServer.class).server().getPort();
      OptionalInt httpPort = OptionalInt.empty();
      if (config.httpListen().isPresent()) {
        httpPort = OptionalInt.of(context.getBean(EmbeddedServer.class).start().getPort());
      }
      return new RunningController(context, port, httpPort);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static Map<String, Object> properties(ControllerConfig config) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Optional<InetSocketAddress> http = config.httpListen();
    if (http.isPresent()) {
      properties.put("micronaut.server.host", http.get().getHostString());
      properties.put("micronaut.server.ssl.enabled", true);
      properties.put("micronaut.server.ssl.port", http.get().getPort());
      properties.put("micronaut.server.ssl.protocols", "TLSv1.3");
      properties.put("micronaut.server.ssl.client-authentication", "need");
      properties.put("micronaut.server.ssl.key-name", "own");
      properties.put("micronaut.server.ssl.trust-name", "trusted");
      properties.put("micronaut.certificate.file.own.format", "PEM");
      properties.put("micronaut.certificate.file.own.path", config.tls().privateKey().toString());
      properties.put(
          "micronaut.certificate.file.own.certificate-path", config.tls().certificate().toString());
      properties.put("micronaut.certificate.file.trusted.format", "PEM");
      properties.put("micronaut.certificate.file.trusted.path", config.tls().trust().toString());
    }
    return properties;
  }

  /// Port of the gRPC server.
  public int port() {
    return port;
  }

  /// Port of the HTTP server, where there is one.
  public OptionalInt httpPort() {
    return httpPort;
  }

  Shutdown shutdown() {
    return context.getBean(Shutdown.class);
  }

  /// Stops listening, then deciding, then closes the store.
  @Override
  public void close() {
    context.close();
  }
}
