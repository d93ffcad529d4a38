package net.bellwether.wire;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Opens channels to servers that are who they are expected to be.
public final class GrpcChannels {
  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
  private static final int PORT_MAX = 65_535;
  private static final long KEEPALIVE_SECONDS = 15;
  private static final long KEEPALIVE_TIMEOUT_SECONDS = 10;

  private GrpcChannels() {}

  /// A channel that connects when first used and again when the connection is lost. A call fails
  /// with UNAVAILABLE while there is none. The wait between attempts grows to two minutes; a
  /// program that must be back soon calls `resetConnectBackoff()`.
  ///
  /// @param expectedPeer judges the identity in the server's certificate; the chain and the trust
  ///   domain (our own) are checked in any case, host names are not
  /// @throws IllegalArgumentException where `hostPort` is not HOST:PORT or the TLS files are not
  ///   usable
  public static ManagedChannel open(
      String hostPort, TlsFiles tls, Predicate<Identity> expectedPeer) {
    checkHostPort(hostPort);
    return NettyChannelBuilder.forTarget("dns:///" + hostPort)
        .sslContext(TlsContexts.client(tls, expectedPeer))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .maxInboundMessageSize(GrpcServers.MESSAGE_BYTES_MAX)
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .keepAliveWithoutCalls(true)
        .build();
  }

  /// A channel to a server of other make (a store), which is believed where its certificate leads
  /// to the `ca.pem` of `tls` and carries the name of the host. It connects when first used; a call
  /// fails at once with UNAVAILABLE where it cannot connect.
  ///
  /// @throws IllegalArgumentException where `hostPort` is not HOST:PORT or the TLS files are not
  ///   usable
  public static ManagedChannel openByHostName(
      String hostPort, TlsFiles tls, Duration connectTimeout, int messageBytesMax) {
    checkHostPort(hostPort);
    return NettyChannelBuilder.forTarget("dns:///" + hostPort)
        .sslContext(TlsContexts.hostNameClient(tls))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .withOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
        .maxInboundMessageSize(messageBytesMax)
        .build();
  }

  private static void checkHostPort(String hostPort) {
    var matcher = HOST_PORT.matcher(hostPort);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(2)) < 1
        || Integer.parseInt(matcher.group(2)) > PORT_MAX) {
      throw new IllegalArgumentException(
          "address (" + hostPort + ") must be HOST:PORT, for example localhost:7443");
    }
  }
}
