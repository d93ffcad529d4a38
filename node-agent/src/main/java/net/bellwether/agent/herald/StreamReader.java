package net.bellwether.agent.herald;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayDeque;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;

/// Records from a TLS connection, read where they lie. Without room it stops reading, and the
/// device has to wait; with anything that is no record the connection ends.
final class StreamReader extends ChannelInboundHandlerAdapter {
  private final HeraldIntake intake;
  private final HeraldReceiver receiver;
  private final byte[] token;

  /// Read but not yet taken: what one read of the connection brought, no more.
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();

  /// Beginning of a record whose end is still to come.
  private final ByteBuf begun = Unpooled.buffer(HeraldRecords.BYTES, HeraldRecords.BYTES);

  private boolean stopped;

  StreamReader(HeraldIntake intake, HeraldReceiver receiver, byte[] token) {
    this.intake = intake;
    this.receiver = receiver;
    this.token = token.clone();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    intake.onRoom(() -> context.executor().execute(() -> resume(context)));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        ByteBuf hello = context.alloc().buffer(HeraldRecords.BYTES);
        new HeraldRecords().writeHello(hello, token);
        var _ = context.writeAndFlush(hello);
      } else {
        receiver.failed("the herald connection is not secure: " + handshake.cause().getMessage());
      }
    } else if (event instanceof IdleStateEvent && !stopped) {
      receiver.failed("the device has told of nothing for a while");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waiting.add((ByteBuf) message);
    if (!stopped) {
      takeWaiting(context);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    intake.flush();
  }

  private void resume(ChannelHandlerContext context) {
    if (stopped && !context.isRemoved()) {
      stopped = false;
      takeWaiting(context);
      intake.flush();
      if (!stopped) {
        context.channel().config().setAutoRead(true);
      }
    }
  }

  private void takeWaiting(ChannelHandlerContext context) {
    try {
      while (!waiting.isEmpty()) {
        if (!take(waiting.element())) {
          stopped = true;
          context.channel().config().setAutoRead(false);
          return;
        }
        waiting.remove().release();
      }
    } catch (MalformedRecord malformed) {
      intake.counts().refused.incrementAndGet();
      receiver.failed("the device sent something that is no record: " + malformed.getMessage());
    }
  }

  /// Whether there was room for all of `in`.
  private boolean take(ByteBuf in) throws MalformedRecord {
    while (true) {
      boolean whole = !begun.isReadable() && in.readableBytes() >= HeraldRecords.BYTES;
      if (!whole) {
        in.readBytes(begun, Math.min(in.readableBytes(), begun.writableBytes()));
        if (begun.isWritable()) {
          return true;
        }
      }
      if (!intake.hasRoom()) {
        return false;
      }
      if (whole) {
        intake.take(in, in.readerIndex());
        in.skipBytes(HeraldRecords.BYTES);
      } else {
        intake.take(begun, 0);
        begun.clear();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (begun.isReadable()) {
      intake.counts().refused.incrementAndGet();
      receiver.failed("the herald connection ended in the middle of a record");
    } else {
      receiver.failed("the herald connection ended");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    receiver.failed("the herald connection failed: " + failure.getMessage());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
  }
}
