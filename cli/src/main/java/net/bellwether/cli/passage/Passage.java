package net.bellwether.cli.passage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// A way to one program that can be made to fail as networks do. It listens on a free port of this
/// machine and carries bytes between whoever connects there and the program; at first it is open.
/// Where nobody listens at its end, connections are reset at once, so that what is dead looks dead;
/// a program that is started again is found again.
///
/// Safe for use by many threads.
public final class Passage implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocketChannel listener;
  private final Gate gate = new Gate();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Passage(InetSocketAddress target, ServerSocketChannel listener) {
    this.target = target;
    this.listener = listener;
  }

  /// To the program that listens, or will, at `endpoint`, HOST:PORT, for programs of this machine.
  public static Passage to(String endpoint) {
    return to(endpoint, InetAddress.getLoopbackAddress().getHostAddress());
  }

  /// For those that reach this machine at the address `host`.
  public static Passage to(String endpoint, String host) {
    int colon = endpoint.lastIndexOf(':');
    InetSocketAddress target =
        new InetSocketAddress(
            endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)));
    try {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(host, 0));
      Passage passage = new Passage(target, listener);
      passage.threads.execute(passage::accept);
      return passage;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a passage to " + endpoint, e);
    }
  }

  /// Where it begins, HOST:PORT.
  public String endpoint() {
    return listener.socket().getInetAddress().getHostAddress()
        + ":"
        + listener.socket().getLocalPort();
  }

  /// Carries everything as it comes, and what was held by a cut.
  public void open() {
    gate.set(false, 0);
  }

  /// Carries everything that comes from now on `delay` later, both ways, at any rate.
  public void delay(Duration delay) {
    gate.set(false, delay.toNanos());
  }

  /// Carries nothing. Connections stay, and what is sent is held until the passage is open again,
  /// as TCP would send it again. Who connects is taken, as by a program that hangs, and hears
  /// nothing.
  public void cut() {
    gate.set(true, 0);
  }

  /// Breaks all present connections, at both ends.
  public void reset() {
    connections.forEach(Connection::reset);
  }

  private void accept() {
    try {
      while (true) {
        take(listener.accept());
      }
    } catch (ClosedChannelException | RejectedExecutionException _) {
      // The passage is closed.
    } catch (IOException e) {
      throw new UncheckedIOException("nobody can enter the passage to " + target, e);
    }
  }

  /// One that cannot be carried is turned away; those after it may be.
  private void take(SocketChannel near) {
    try {
      Connection connection = new Connection(near);
      connections.add(connection);
      threads.execute(connection::carry);
    } catch (IOException _) {
      Connection.reset(near);
    }
  }

  private final class Connection {
    private final SocketChannel near;
    private final SocketChannel far;

    Connection(SocketChannel near) throws IOException {
      this.near = near;
      this.far = SocketChannel.open();
    }

    void carry() {
      try {
        gate.await(gate.dueNanos());
        connect();
        Lane there = new Lane(near, far, gate, this::reset);
        Lane back = new Lane(far, near, gate, this::reset);
        threads.execute(there::takeIn);
        threads.execute(back::takeIn);
        CompletableFuture<Void> backEnded = CompletableFuture.runAsync(back::giveOut, threads);
        there.giveOut();
        backEnded.join();
        near.close();
        far.close();
      } catch (IOException | RejectedExecutionException _) {
        reset();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        reset();
      } finally {
        connections.remove(this);
      }
    }

    private void connect() throws IOException {
      near.setOption(StandardSocketOptions.TCP_NODELAY, true);
      far.setOption(StandardSocketOptions.TCP_NODELAY, true);
      far.connect(target);
      // Where nobody listens, the kernel may choose the very port of the target for our end, and
      // connect the socket to itself.
      if (far.getLocalAddress().equals(far.getRemoteAddress())) {
        throw new ConnectException("nobody listens at " + target);
      }
    }

    void reset() {
      reset(near);
      reset(far);
    }

    private static void reset(SocketChannel side) {
      try (side) {
        side.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException _) {
        // Closed already.
      }
    }
  }

  /// Breaks all connections and returns once nothing of the passage runs any more.
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the passage to " + target, e);
    } finally {
      // First: an interrupt would end connections in order.
      reset();
      threads.shutdownNow();
      threads.close();
      // Whoever came too late to be carried.
      reset();
    }
  }
}
