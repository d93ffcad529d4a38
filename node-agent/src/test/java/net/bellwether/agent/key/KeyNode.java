package net.bellwether.agent.key;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// A key service in its gRPC server, as a node agent runs it.
final class KeyNode implements AutoCloseable {
  final KeyService service;
  private final Server server;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  KeyNode(String name, Path state, TlsFiles tls, int port) {
    service =
        KeyService.start(
            new KeyServiceConfig(
                NodeId.of(name),
                state,
                tls,
                Optional.of(new InetSocketAddress("localhost", 0)),
                (peer, endpoint) ->
                    channels.computeIfAbsent(
                        endpoint,
                        hostPort ->
                            GrpcChannels.open(
                                hostPort,
                                tls,
                                identity ->
                                    identity instanceof Identity.Node node
                                        && node.node().equals(peer)))));
    server =
        GrpcServers.start(
            new InetSocketAddress("localhost", port), tls, List.of(service.peerService()));
  }

  int port() {
    return server.getPort();
  }

  String peerEndpoint() {
    return "localhost:" + server.getPort();
  }

  String keyEndpoint() {
    return service.keyEndpoint().orElseThrow();
  }

  @Override
  public void close() {
    server.shutdownNow();
    channels.values().forEach(ManagedChannel::shutdownNow);
    service.close();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
