package net.bellwether.emulator.herald;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import net.bellwether.wire.herald.RecordKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's end of all herald datagrams: to the address that a HELLO with a token came from.
/// Its repetitions and whatever else comes are passed over.
final class UdpHello extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(UdpHello.class);

  private final Tokens tokens;

  UdpHello(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    ByteBuf in = datagram.content();
    try {
      if (in.readableBytes() == HeraldRecords.BYTES
          && new HeraldRecords().check(in, in.readerIndex()) == RecordKind.HELLO) {
        byte[] token = HeraldRecords.token(in, in.readerIndex());
        Tokens.Expected expected = tokens.look(token);
        if (expected != null && tokens.redeem(token)) {
          expected.claim().bound(new Sink(context.channel(), datagram.sender()));
        }
      }
    } catch (MalformedRecord malformed) {
      LOG.debug("datagram of {} is passed over", datagram.sender(), malformed);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    LOG.debug("a datagram could not be sent or read", failure);
  }

  private record Sink(Channel channel, InetSocketAddress receiver) implements HeraldSink {
    private static final int DATAGRAM_BYTES_MAX =
        HeraldRecords.DATAGRAM_RECORDS_MAX * HeraldRecords.BYTES;

    @Override
    public void send(ByteBuf records) {
      while (records.isReadable()) {
        ByteBuf part =
            records.readRetainedSlice(Math.min(records.readableBytes(), DATAGRAM_BYTES_MAX));
        var _ = channel.write(new DatagramPacket(part, receiver), channel.voidPromise());
      }
      records.release();
      channel.flush();
    }

    /// Nobody knows whether a datagram is read.
    @Override
    public boolean isRead() {
      return true;
    }

    @Override
    public void close() {
      // There is nothing to close: it is not sent to any more.
    }
  }
}
