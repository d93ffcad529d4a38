package net.bellwether.emulator.herald;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import net.bellwether.wire.herald.RecordKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's end of a herald connection: one HELLO, with the token of the attachment of the node
/// that the certificate names. Whoever says anything else is cut off.
final class TlsHello extends SimpleChannelInboundHandler<ByteBuf> {
  private static final Logger LOG = LoggerFactory.getLogger(TlsHello.class);

  private final Tokens tokens;
  private final TlsFiles tls;
  private @Nullable HeraldClaim claim;

  TlsHello(Tokens tokens, TlsFiles tls) {
    this.tokens = tokens;
    this.tls = tls;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf record) {
    try {
      if (claim != null || new HeraldRecords().check(record, 0) != RecordKind.HELLO) {
        throw new IllegalArgumentException("it must send one HELLO and nothing else");
      }
      HeraldClaim claimed = redeem(context, HeraldRecords.token(record, 0));
      claim = claimed;
      claimed.bound(new Sink(context.channel()));
    } catch (IllegalArgumentException | MalformedRecord refused) {
      LOG.warn(
          "herald connection of {} is cut off: {}",
          context.channel().remoteAddress(),
          refused.getMessage());
      var _ = context.close();
    }
  }

  private HeraldClaim redeem(ChannelHandlerContext context, byte[] token) {
    SslHandler handler = context.pipeline().get(SslHandler.class);
    Identity caller = TlsStreams.peer(handler.engine().getSession(), tls);
    Tokens.Expected expected = tokens.look(token);
    if (expected == null
        || !(caller instanceof Identity.Node node)
        || !node.node().equals(expected.node())
        || !tokens.redeem(token)) {
      throw new IllegalArgumentException(
          "token must be that of an attachment of the caller, " + caller.uri());
    }
    return expected.claim();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (claim != null) {
      claim.ended();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    LOG.debug("herald connection of {} failed", context.channel().remoteAddress(), failure);
    var _ = context.close();
  }

  private record Sink(Channel channel) implements HeraldSink {
    @Override
    public void send(ByteBuf records) {
      var _ = channel.writeAndFlush(records, channel.voidPromise());
    }

    @Override
    public boolean isRead() {
      return channel.isWritable();
    }

    @Override
    public void close() {
      var _ = channel.close();
    }
  }
}
