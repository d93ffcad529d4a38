package net.bellwether.emulator.herald;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import net.bellwether.wire.herald.HeraldRecords;

/// Serves heralds to the nodes that are expected. Safe for use by several threads.
public final class HeraldServer implements AutoCloseable {
  private static final long STOP_MILLIS = 2_000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().name("heralds").daemon().factory(), NioIoHandler.newFactory());
  private final Tokens tokens = new Tokens();
  private final boolean udp;
  private final Channel channel;

  private HeraldServer(InetSocketAddress listen, boolean udp, TlsFiles tls) {
    this.udp = udp;
    ChannelFuture binding =
        (udp ? udp(listen) : tls(listen, tls, TlsStreams.server(tls))).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      close(group);
      throw new IllegalStateException(
          "cannot serve heralds at "
              + listen.getHostString()
              + ":"
              + listen.getPort()
              + ": "
              + binding.cause().getMessage());
    }
    channel = binding.channel();
  }

  /// Starts; port 0 takes a free one. Over UDP, `tls` is not used: the token alone binds a node.
  ///
  /// @throws IllegalStateException where the address is taken
  public static HeraldServer start(InetSocketAddress listen, boolean udp, TlsFiles tls) {
    return new HeraldServer(listen, udp, tls);
  }

  private ChannelFuture tls(InetSocketAddress listen, TlsFiles tls, SslContext context) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel opened) {
                opened
                    .pipeline()
                    .addLast(context.newHandler(opened.alloc()))
                    .addLast(new FixedLengthFrameDecoder(HeraldRecords.BYTES))
                    .addLast(new TlsHello(tokens, tls));
              }
            })
        .bind(listen);
  }

  private ChannelFuture udp(InetSocketAddress listen) {
    return new Bootstrap()
        .group(group)
        .channel(NioDatagramChannel.class)
        .handler(new UdpHello(tokens))
        .bind(listen);
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  public boolean isUdp() {
    return udp;
  }

  /// The token with which `node` may come for the heralds of an attachment, once.
  public byte[] expect(NodeId node, HeraldClaim claim) {
    return tokens.issue(node, claim);
  }

  /// The token is good for nothing any more.
  public void forget(byte[] token) {
    tokens.redeem(token);
  }

  @Override
  public void close() {
    var _ = channel.close();
    close(group);
  }

  private static void close(EventLoopGroup group) {
    group
        .shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_MILLIS);
  }
}
