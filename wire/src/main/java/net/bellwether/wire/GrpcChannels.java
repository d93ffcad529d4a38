package net.bellwether.wire;

import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /// A server that does not even refuse: the next of the list is tried.
  private static final int CONNECT_MILLIS = 3_000;

  /// Calls that may be repeated: each is the same when asked twice. Streams of agents have their
  /// own way of coming back.
  private static final List<String> REPEATABLE =
      List.of(
          "bellwether.v1.SessionService",
          "bellwether.v1.TopologyService",
          "bellwether.v1.PlanService",
          "bellwether.v1.VersionService");

  static {
    NameResolverRegistry.getDefaultRegistry().register(new AddressListProvider());
  }

  private GrpcChannels() {}

  /// A channel that connects when first used and again when the connection is lost. A call fails
  /// with UNAVAILABLE while there is none. The wait between attempts grows to two minutes; a
  /// program that must be back soon calls `resetConnectBackoff()`.
  ///
  /// Of several servers any one is taken, and another when it is lost; calls that find it
  /// unavailable are repeated for some seconds.
  ///
  /// @param servers HOST:PORT, or several with commas between them
  /// @param expectedPeer judges the identity in the server's certificate; the chain and the trust
  ///   domain (our own) are checked in any case, host names are not
  /// @throws IllegalArgumentException where `servers` is not HOST:PORT or the TLS files are not
  ///   usable
  public static ManagedChannel open(
      String servers, TlsFiles tls, Predicate<Identity> expectedPeer) {
    List<InetSocketAddress> addresses = addresses(servers);
    return NettyChannelBuilder.forTarget(AddressListProvider.target(servers))
        .sslContext(TlsContexts.client(tls, expectedPeer))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .defaultServiceConfig(addresses.size() > 1 ? anyOfSeveral() : Map.of())
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(GrpcServers.MESSAGE_BYTES_MAX)
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .keepAliveWithoutCalls(true)
        .build();
  }

  /// In random order, so that clients spread over the servers.
  private static Map<String, Object> anyOfSeveral() {
    return Map.of(
        "loadBalancingConfig",
        List.of(Map.of("pick_first", Map.of("shuffleAddressList", true))),
        "methodConfig",
        List.of(
            Map.of(
                "name",
                REPEATABLE.stream().map(service -> Map.of("service", service)).toList(),
                "retryPolicy",
                Map.of(
                    "maxAttempts",
                    5.0,
                    "initialBackoff",
                    "0.2s",
                    "maxBackoff",
                    "3s",
                    "backoffMultiplier",
                    3.0,
                    "retryableStatusCodes",
                    List.of("UNAVAILABLE")))));
  }

  /// Unresolved addresses of a list of servers.
  static List<InetSocketAddress> addresses(String servers) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String server : servers.split(",", -1)) {
      var matcher = HOST_PORT.matcher(server.strip());
      if (!matcher.matches()
          || Integer.parseInt(matcher.group(2)) < 1
          || Integer.parseInt(matcher.group(2)) > PORT_MAX) {
        throw new IllegalArgumentException(
            "address (" + server + ") must be HOST:PORT, for example localhost:7443");
      }
      String host = matcher.group(1);
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      addresses.add(InetSocketAddress.createUnresolved(bare, Integer.parseInt(matcher.group(2))));
    }
    return addresses;
  }

  /// A channel to a server of other make (a store), which is believed where its certificate leads
  /// to the `ca.pem` of `tls` and carries the name of the host. It connects when first used; a call
  /// fails at once with UNAVAILABLE where it cannot connect.
  ///
  /// @throws IllegalArgumentException where `hostPort` is not HOST:PORT or the TLS files are not
  ///   usable
  public static ManagedChannel openByHostName(
      String hostPort, TlsFiles tls, Duration connectTimeout, int messageBytesMax) {
    checkOne(hostPort);
    return NettyChannelBuilder.forTarget("dns:///" + hostPort)
        .sslContext(TlsContexts.hostNameClient(tls))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .withOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
        .maxInboundMessageSize(messageBytesMax)
        .build();
  }

  private static void checkOne(String hostPort) {
    if (addresses(hostPort).size() != 1) {
      throw new IllegalArgumentException(
          "address (" + hostPort + ") must be one HOST:PORT, for example localhost:7443");
    }
  }
}
