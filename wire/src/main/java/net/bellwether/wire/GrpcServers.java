package net.bellwether.wire;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts gRPC servers that speak to nobody they cannot name: TLS 1.3, client certificates
/// required, each call on a virtual thread, with health and reflection services.
public final class GrpcServers {
  /// The largest message is a topology document or a telemetry batch, far below.
  static final int MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

  static final int METADATA_BYTES_MAX = 64 * 1024;

  /// Clients may ping this often; GrpcChannels pings less often.
  private static final long PERMITTED_KEEPALIVE_SECONDS = 5;

  private static final long KEEPALIVE_SECONDS = 20;
  private static final long KEEPALIVE_TIMEOUT_SECONDS = 10;

  private GrpcServers() {}

  /// The server is started; `getPort()` says where, if `listen` had port 0.
  ///
  /// @throws IllegalStateException in one line, where the address is taken or cannot be had
  /// @throws IllegalArgumentException where the TLS files are not usable
  public static Server start(
      InetSocketAddress listen, TlsFiles tls, List<? extends BindableService> services) {
    return start(listen, tls, services, List.of());
  }

  /// As above; `interceptors` see each call once its caller is known, the first of them first.
  public static Server start(
      InetSocketAddress listen,
      TlsFiles tls,
      List<? extends BindableService> services,
      List<? extends ServerInterceptor> interceptors) {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(listen)
            .sslContext(TlsContexts.server(tls))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .maxInboundMetadataSize(METADATA_BYTES_MAX)
            .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(PERMITTED_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    // The interceptor added last sees the call first: who calls, then what goes wrong.
    interceptors.reversed().forEach(builder::intercept);
    builder
        .intercept(new ErrorInterceptor())
        .intercept(new CallerInterceptor(TlsContexts.ownIdentity(tls).trustDomain()))
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance());
    services.forEach(builder::addService);
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw new IllegalStateException(explain(listen, e), e);
    }
  }

  private static String explain(InetSocketAddress listen, IOException error) {
    String address = listen.getHostString() + ":" + listen.getPort();
    @Nullable Throwable cause = error;
    String reason = String.valueOf(error.getMessage());
    boolean taken = false;
    while (cause != null) {
      String message = String.valueOf(cause.getMessage());
      reason = message;
      taken |=
          cause instanceof BindException
              && message.toLowerCase(Locale.ROOT).contains("already in use");
      cause = cause.getCause();
    }
    return taken
        ? "address "
            + address
            + " is already in use: stop the program that listens there or choose another port"
        : "cannot listen at " + address + ": " + reason;
  }
}
