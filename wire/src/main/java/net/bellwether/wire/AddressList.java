package net.bellwether.wire;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/// Resolves a list of servers of which any will do, anew whenever a connection is lost: names may
/// point elsewhere by then.
final class AddressList extends NameResolver {
  private final List<InetSocketAddress> servers;
  private final Executor blocking;

  /// `servers` are unresolved; `blocking` is where names are looked up.
  AddressList(List<InetSocketAddress> servers, Executor blocking) {
    this.servers = List.copyOf(servers);
    this.blocking = blocking;
  }

  private volatile Listener2 listener = new Nobody();

  private static final class Nobody extends Listener2 {
    @Override
    public void onResult(ResolutionResult result) {}

    @Override
    public void onError(Status error) {}
  }

  @Override
  public String getServiceAuthority() {
    // Host names are not checked: certificates name identities.
    return servers.getFirst().getHostString() + ":" + servers.getFirst().getPort();
  }

  @Override
  public void start(Listener2 started) {
    listener = started;
    refresh();
  }

  @Override
  public void refresh() {
    blocking.execute(this::resolve);
  }

  private void resolve() {
    List<EquivalentAddressGroup> found = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (InetSocketAddress server : servers) {
      try {
        InetAddress address = InetAddress.getByName(server.getHostString());
        found.add(new EquivalentAddressGroup(new InetSocketAddress(address, server.getPort())));
      } catch (UnknownHostException _) {
        unknown.add(server.getHostString());
      }
    }
    StatusOr<List<EquivalentAddressGroup>> answer =
        found.isEmpty()
            ? StatusOr.fromStatus(
                Status.UNAVAILABLE.withDescription("no host is known by the names " + unknown))
            : StatusOr.fromValue(found);
    listener.onResult(ResolutionResult.newBuilder().setAddressesOrError(answer).build());
  }

  @Override
  public void shutdown() {
    listener = new Nobody();
  }
}
