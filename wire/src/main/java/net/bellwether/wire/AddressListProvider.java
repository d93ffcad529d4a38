package net.bellwether.wire;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Targets `servers:///HOST:PORT,HOST:PORT`.
final class AddressListProvider extends NameResolverProvider {
  private static final String SCHEME = "servers";
  private static final int PRIORITY = 5;

  /// The target that stands for `servers`.
  static String target(String servers) {
    String list = servers.replace(" ", "");
    return SCHEME + ":///" + URLEncoder.encode(list, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
    if (!SCHEME.equals(target.getScheme())) {
      return null;
    }
    String servers = String.valueOf(target.getPath()).substring(1);
    Executor blocking =
        Optional.ofNullable(arguments.getOffloadExecutor())
            .orElseGet(Executors::newVirtualThreadPerTaskExecutor);
    List<InetSocketAddress> addresses = GrpcChannels.addresses(servers);
    return new AddressList(addresses, blocking);
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(InetSocketAddress.class);
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return PRIORITY;
  }
}
