package net.bellwether.emulator;

import io.grpc.Server;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.topology.Network;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.VersionReporting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running emulator: nature, a ticker that lets its frames pass in real time, and the services.
public final class Emulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Emulator.class);
  private static final long STOP_SECONDS = 2;

  private final NatureHost host;
  private final ScheduledExecutorService ticker;
  private final Future<?> ticking;
  private final HeraldServer heralds;
  private final Server server;

  private Emulator(
      NatureHost host,
      ScheduledExecutorService ticker,
      Future<?> ticking,
      HeraldServer heralds,
      Server server) {
    this.heralds = heralds;
    this.host = host;
    this.ticker = ticker;
    this.ticking = ticking;
    this.server = server;
  }

  /// Starts with network time `unixMillis`, which is also the boot epoch in the names of pairs.
  /// Nodes fetch their heralds from `heralds`, which is closed with the emulator.
  /// IllegalStateException where the address is taken.
  public static Emulator start(
      Network network,
      InetSocketAddress listen,
      HeraldServer heralds,
      TlsFiles tls,
      long seed,
      long unixMillis) {
    FrameClock clock = new FrameClock(unixMillis, System::nanoTime);
    NatureHost host = new NatureHost(new Nature(network, unixMillis, seed, clock.frame()), heralds);
    Server server = serve(listen, heralds, tls, host);
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("frame-ticker").daemon().factory());
    Future<?> ticking =
        ticker.scheduleAtFixedRate(
            () -> tick(host, clock),
            clock.nanosToNextFrame(),
            FrameClock.FRAME_NANOS,
            TimeUnit.NANOSECONDS);
    return new Emulator(host, ticker, ticking, heralds, server);
  }

  private static Server serve(
      InetSocketAddress listen, HeraldServer heralds, TlsFiles tls, NatureHost host) {
    try {
      return GrpcServers.start(
          listen,
          tls,
          List.of(
              new DeviceService(host),
              new NatureScripting(host),
              new VersionReporting("emulator")));
    } catch (IllegalStateException | IllegalArgumentException failure) {
      heralds.close();
      throw failure;
    }
  }

  /// A mistake in one frame must not stop time: the executor would end the ticker silently.
  private static void tick(NatureHost host, FrameClock clock) {
    try {
      host.tick(clock.frame());
    } catch (RuntimeException failure) {
      LOG.error("a frame failed", failure);
    }
  }

  /// The port it listens on.
  public int port() {
    return server.getPort();
  }

  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  @Override
  public void close() {
    ticking.cancel(false);
    ticker.shutdown();
    host.close(RpcErrors.unavailable("the emulator stops"));
    heralds.close();
    server.shutdown();
    try {
      if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
