package net.bellwether.agent.herald;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Receives the heralds of one attachment of a device, over TLS or in datagrams. Once it has failed
/// it stays so: the attachment is to begin anew.
public final class HeraldReceiver implements AutoCloseable {
  /// A device tells how far it is once a frame, every 100 ms. Long enough for a program that stands
  /// in for one on a crowded machine, short beside the minutes for which a dead connection lives
  /// on.
  private static final int SILENCE_SECONDS = 5;

  private static final int CONNECT_MILLIS = 5_000;
  private static final long CLOSE_MILLIS = 2_000;

  /// More than a datagram may have, so that one that has more is seen.
  private static final int DATAGRAM_BUFFER_BYTES = 2_048;

  /// As much as the system grants of one frame of 65,000 heralds.
  private static final int DATAGRAM_SOCKET_BYTES = 4 * 1024 * 1024;

  /// What happens on the way; called by the receiving thread, which may wait.
  public interface Listener {
    /// The device answers: what it makes from now on will be heard.
    void bound();

    /// Heralds; the listener gives the batch back.
    void heralded(HeraldBatch batch);

    /// It ended; `reason` is for a person. Nothing more follows.
    void failed(String reason);
  }

  private final HeraldThread thread;
  private final Listener listener;
  private final HeraldIntake intake;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean answered;
  private volatile @Nullable Channel channel;

  public HeraldReceiver(
      HeraldThread thread,
      Numbering numbering,
      SlotTable slots,
      HeraldCounts counts,
      Listener listener) {
    this.thread = thread;
    this.listener = listener;
    this.intake = new HeraldIntake(numbering, slots, counts, this::handOver);
    intake.onClockBack(() -> failed("the clock of the device has gone back by more than a second"));
  }

  /// Connects to a device that proves who it is, and proves who we are.
  public void overTls(InetSocketAddress device, SslContext tls, byte[] token) {
    ChannelInitializer<Channel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel opened) {
            opened
                .pipeline()
                .addLast(tls.newHandler(opened.alloc()))
                .addLast(new IdleStateHandler(SILENCE_SECONDS, 0, 0))
                .addLast(new StreamReader(intake, HeraldReceiver.this, token));
          }
        };
    connect(
        new Bootstrap()
            .group(thread.group())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(pipeline),
        device);
  }

  /// Asks a device for datagrams. They are neither secret nor proven, so where `anywhere` is false
  /// the device must be on this host.
  public void overUdp(InetSocketAddress device, boolean anywhere, byte[] token) {
    ChannelInitializer<Channel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel opened) {
            opened
                .pipeline()
                .addLast(new IdleStateHandler(SILENCE_SECONDS, 0, 0))
                .addLast(new DatagramReader(intake, HeraldReceiver.this, token));
          }
        };
    InetSocketAddress address = new InetSocketAddress(device.getHostString(), device.getPort());
    if (address.isUnresolved() || (!anywhere && !address.getAddress().isLoopbackAddress())) {
      failed(
          "heralds over UDP from "
              + device.getHostString()
              + " are refused: the device must be on this host, or device.heraldsOverUdp must say"
              + " anywhere");
      return;
    }
    connect(
        new Bootstrap()
            .group(thread.group())
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.SO_RCVBUF, DATAGRAM_SOCKET_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(DATAGRAM_BUFFER_BYTES))
            .handler(pipeline),
        address);
  }

  private void connect(Bootstrap bootstrap, InetSocketAddress device) {
    ChannelFuture connecting = bootstrap.connect(device);
    channel = connecting.channel();
    var _ =
        connecting.addListener(done -> {
          if (!done.isSuccess()) {
            failed("heralds cannot be fetched: " + done.cause().getMessage());
          } else if (ended.get()) {
            closeChannel();
          }
        });
  }

  private void handOver(HeraldBatch batch) {
    if (ended.get()) {
      return;
    }
    if (!answered) {
      answered = true;
      listener.bound();
    }
    listener.heralded(batch);
  }

  void failed(String reason) {
    if (ended.compareAndSet(false, true)) {
      closeChannel();
      listener.failed(reason);
    }
  }

  private void closeChannel() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  /// After it returns nothing is handed over, unless it is called from the listener.
  @Override
  public void close() {
    ended.set(true);
    closeChannel();
    Channel open = channel;
    if (open != null && open.isRegistered() && !open.eventLoop().inEventLoop()) {
      open.closeFuture().awaitUninterruptibly(CLOSE_MILLIS);
    }
  }
}
