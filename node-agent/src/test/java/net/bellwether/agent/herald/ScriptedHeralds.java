package net.bellwether.agent.herald;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import net.bellwether.wire.herald.HeraldRecords;
import org.jspecify.annotations.Nullable;

/// A device's end of herald connections over real TLS, whose records the test writes.
public final class ScriptedHeralds implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final LinkedBlockingQueue<Channel> connections = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<byte[]> tokens = new LinkedBlockingQueue<>();
  private final Channel server;
  private @Nullable Channel current;

  public ScriptedHeralds(TlsFiles tls) {
    SslContext context = TlsStreams.server(tls);
    server =
        new ServerBootstrap()
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
                        .addLast(new Hello());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  private final class Hello extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf record) {
      connections.add(context.channel());
      tokens.add(HeraldRecords.token(record, 0));
    }
  }

  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /// Waits for a node to come with a token; it is told what `send` sends from now on.
  public byte[] awaitHello() throws InterruptedException {
    byte[] token = tokens.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (token == null) {
      throw new AssertionError("no hello within " + PATIENCE_SECONDS + " s");
    }
    current = connections.take();
    return token;
  }

  public void send(ByteBuf bytes) {
    var _ = connection().writeAndFlush(bytes.copy()).syncUninterruptibly();
    bytes.clear();
  }

  /// Sends without waiting for it to be sent.
  void begin(ByteBuf bytes) {
    var _ = connection().writeAndFlush(bytes.copy());
    bytes.clear();
  }

  public void breakConnection() {
    var _ = connection().close().syncUninterruptibly();
  }

  private Channel connection() {
    if (current == null) {
      throw new AssertionError("no node has come");
    }
    return current;
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
