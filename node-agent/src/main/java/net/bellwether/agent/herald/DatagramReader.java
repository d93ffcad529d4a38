package net.bellwether.agent.herald;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import org.jspecify.annotations.Nullable;

/// Records from datagrams of whole records. A datagram with anything else, or without room for it,
/// is dropped and counted; what it told of shows as a gap.
final class DatagramReader extends SimpleChannelInboundHandler<DatagramPacket> {
  /// HELLO is repeated until an answer comes.
  private static final long HELLO_MILLIS = 250;

  private final HeraldIntake intake;
  private final HeraldReceiver receiver;
  private final byte[] token;
  private @Nullable Future<?> asking;

  DatagramReader(HeraldIntake intake, HeraldReceiver receiver, byte[] token) {
    this.intake = intake;
    this.receiver = receiver;
    this.token = token.clone();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    asking =
        context
            .executor()
            .scheduleAtFixedRate(() -> ask(context), 0, HELLO_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void ask(ChannelHandlerContext context) {
    ByteBuf hello = context.alloc().buffer(HeraldRecords.BYTES);
    new HeraldRecords().writeHello(hello, token);
    var _ = context.writeAndFlush(hello);
  }

  private void stopAsking() {
    if (asking != null) {
      asking.cancel(false);
      asking = null;
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    ByteBuf in = datagram.content();
    try {
      check(in);
      stopAsking();
      take(in);
    } catch (MalformedRecord malformed) {
      intake.counts().refused.incrementAndGet();
    }
  }

  private void check(ByteBuf in) throws MalformedRecord {
    int bytes = in.readableBytes();
    if (bytes == 0
        || bytes % HeraldRecords.BYTES != 0
        || bytes > HeraldRecords.DATAGRAM_RECORDS_MAX * HeraldRecords.BYTES) {
      throw new MalformedRecord(
          "datagram",
          bytes + " bytes",
          "be 1 to " + HeraldRecords.DATAGRAM_RECORDS_MAX + " records of " + HeraldRecords.BYTES);
    }
    for (int at = in.readerIndex(); at < in.writerIndex(); at += HeraldRecords.BYTES) {
      intake.check(in, at);
    }
  }

  private void take(ByteBuf in) throws MalformedRecord {
    for (int at = in.readerIndex(); at < in.writerIndex(); at += HeraldRecords.BYTES) {
      if (intake.hasRoom()) {
        intake.take(in, at);
      } else {
        intake.counts().crowdedOut.incrementAndGet();
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    intake.flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      receiver.failed("the device has told of nothing for a while");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    receiver.failed("heralds cannot be received: " + failure.getMessage());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stopAsking();
  }
}
