package net.bellwether.emulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.bellwether.v1.HeraldSource;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import net.bellwether.wire.herald.RecordKind;

/// A node's end of the herald connection over real TLS.
final class FetchedHeralds implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Channel connection;

  /// One record as it came.
  record Told(RecordKind kind, int link, int slot, long sequence, long frame, long picos) {}

  FetchedHeralds(HeraldSource source, TlsFiles tls) {
    SslContext context = TlsStreams.client(tls, peer -> peer instanceof Identity.Emulator);
    connection =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(context.newHandler(opened.alloc()))
                        .addLast(new FixedLengthFrameDecoder(HeraldRecords.BYTES))
                        .addLast(new Reader(source.getToken().toByteArray()));
                  }
                })
            .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), source.getPort()))
            .syncUninterruptibly()
            .channel();
  }

  private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
    private final HeraldRecords records = new HeraldRecords();
    private final byte[] token;

    Reader(byte[] token) {
      this.token = token;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent) {
        ByteBuf hello = context.alloc().buffer();
        records.writeHello(hello, token);
        var _ = context.writeAndFlush(hello);
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf in) throws MalformedRecord {
      told.add(
          new Told(
              records.check(in, 0),
              HeraldRecords.link(in, 0),
              HeraldRecords.slot(in, 0),
              HeraldRecords.sequence(in, 0),
              HeraldRecords.frame(in, 0),
              HeraldRecords.picos(in, 0)));
    }
  }

  List<Told> told() {
    return told;
  }

  List<Told> all(RecordKind kind) {
    return told.stream().filter(each -> each.kind() == kind).toList();
  }

  boolean hasEnded() {
    return !connection.isOpen();
  }

  void end() {
    var _ = connection.close().syncUninterruptibly();
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
