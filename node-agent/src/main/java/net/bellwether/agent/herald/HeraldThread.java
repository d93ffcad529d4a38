package net.bellwether.agent.herald;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/// The thread on which one node receives heralds, with epoll where there is epoll. It is a node's
/// own: it may have to wait for the node's rule engine, and nobody else shall wait with it.
public final class HeraldThread implements AutoCloseable {
  private static final long STOP_MILLIS = 2_000;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;

  public HeraldThread(String name) {
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().name("herald-" + name).daemon().factory(), io);
  }

  EventLoopGroup group() {
    return group;
  }

  Class<? extends Channel> streamType() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  Class<? extends Channel> datagramType() {
    return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_MILLIS);
  }
}
