package net.bellwether.agent.herald;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;

/// The thread on which one node receives heralds. It is a node's own: it may have to wait for the
/// node's rule engine, and nobody else shall wait with it.
public final class HeraldThread implements AutoCloseable {
  private static final long STOP_MILLIS = 2_000;

  private final EventLoopGroup group;

  public HeraldThread(String name) {
    group =
        new MultiThreadIoEventLoopGroup(
            1,
            Thread.ofPlatform().name("herald-" + name).daemon().factory(),
            NioIoHandler.newFactory());
  }

  EventLoopGroup group() {
    return group;
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_MILLIS);
  }
}
