package net.bellwether.agent.device;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.herald.HeraldBatch;
import net.bellwether.agent.herald.HeraldCounts;
import net.bellwether.agent.herald.HeraldReceiver;
import net.bellwether.agent.herald.HeraldThread;
import net.bellwether.agent.herald.Numbering;
import net.bellwether.agent.herald.SlotTable;
import net.bellwether.agent.stream.StandingStream;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AttachHello;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.AttemptSchedule;
import net.bellwether.v1.EmulatedDeviceServiceGrpc;
import net.bellwether.v1.HeraldSource;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.TlsStreams;
import org.jspecify.annotations.Nullable;

/// Driver of an emulated device, an emulator that stands in for the hardware: one stream for
/// requests, commands and outcomes, and a connection for heralds that belongs to it. The device is
/// attached when both stand; when either breaks, both end.
public final class EmulatedDevice implements QuantumDevice {
  /// A batch stays far below the largest message.
  private static final int COMMANDS_PER_BATCH_MAX = 4_000;

  /// Batches that wait for a slow emulator: more than two seconds' worth is too late anyway.
  private static final int OUTBOX_MAX = 1_000;

  private final NodeId node;
  private final String host;
  private final boolean heraldsOverUdpFromAnywhere;
  private final SslContext heraldTls;
  private final ManagedChannel channel;
  private final ScheduledExecutorService timer;
  private final HeraldThread heraldThread;
  private final HeraldCounts heraldCounts = new HeraldCounts();
  private final AtomicLong droppedCommandCount = new AtomicLong();
  private List<AttemptRequest> requests = List.of();

  /// Of the attachment that stands.
  private @Nullable SlotTable slots;

  private @Nullable StandingStream<AttachRequest, AttachResponse> stream;

  /// `endpoint` is host:port of the emulator.
  public EmulatedDevice(
      NodeId node,
      String endpoint,
      boolean heraldsOverUdpFromAnywhere,
      TlsFiles tls,
      ScheduledExecutorService timer) {
    this.node = node;
    this.host = hostOf(endpoint);
    this.heraldsOverUdpFromAnywhere = heraldsOverUdpFromAnywhere;
    this.timer = timer;
    this.heraldTls = TlsStreams.client(tls, identity -> identity instanceof Identity.Emulator);
    this.channel =
        GrpcChannels.open(endpoint, tls, identity -> identity instanceof Identity.Emulator);
    this.heraldThread = new HeraldThread(node.value());
  }

  private static String hostOf(String endpoint) {
    String bracketed = endpoint.substring(0, Math.max(0, endpoint.lastIndexOf(':')));
    return bracketed.startsWith("[") ? bracketed.substring(1, bracketed.length() - 1) : bracketed;
  }

  @Override
  public String driver() {
    return "emulated";
  }

  @Override
  public void start(DeviceListener listener) {
    StandingStream<AttachRequest, AttachResponse> opened;
    synchronized (this) {
      opened =
          new StandingStream<>(
              channel,
              EmulatedDeviceServiceGrpc.getAttachMethod(),
              OUTBOX_MAX,
              false,
              timer,
              new Attachment(listener));
      stream = opened;
    }
    opened.open();
  }

  private final class Attachment implements StandingStream.Listener<AttachRequest, AttachResponse> {
    private final DeviceListener listener;
    private @Nullable HeraldReceiver heralds;

    Attachment(DeviceListener listener) {
      this.listener = listener;
    }

    @Override
    public Iterable<AttachRequest> opening() {
      AttachHello hello = AttachHello.newBuilder().setNode(node.value()).build();
      return List.of(AttachRequest.newBuilder().setHello(hello).build());
    }

    @Override
    public void received(AttachResponse message) {
      try {
        handle(message);
      } catch (IllegalArgumentException e) {
        breakOff("the device's message makes no sense: " + e.getMessage());
      }
    }

    private void handle(AttachResponse message) {
      switch (message.getMessageCase()) {
        case INVENTORY -> fetchHeralds(message.getInventory());
        case OUTCOMES -> listener.concluded(DeviceMessages.outcomes(message.getOutcomes()));
        case MESSAGE_NOT_SET -> throw new IllegalArgumentException("it is empty");
      }
    }

    private void fetchHeralds(net.bellwether.v1.DeviceInventory message) {
      DeviceInventory inventory = DeviceMessages.inventory(message);
      Numbering numbering = DeviceMessages.numbering(message);
      HeraldSource source = message.getHeralds();
      SlotTable numbered = new SlotTable(numbering);
      HeraldReceiver receiver =
          new HeraldReceiver(
              heraldThread,
              numbering,
              numbered,
              heraldCounts,
              new Heralds(listener, inventory, numbered));
      stopHeralds();
      heralds = receiver;
      InetSocketAddress address = InetSocketAddress.createUnresolved(host, source.getPort());
      byte[] token = source.getToken().toByteArray();
      switch (source.getTransport()) {
        case HERALD_TRANSPORT_TLS -> receiver.overTls(address, heraldTls, token);
        case HERALD_TRANSPORT_UDP -> receiver.overUdp(address, heraldsOverUdpFromAnywhere, token);
        case HERALD_TRANSPORT_UNSPECIFIED, UNRECOGNIZED ->
            throw new IllegalArgumentException("heralds.transport must be TLS or UDP");
      }
    }

    private void stopHeralds() {
      HeraldReceiver former = heralds;
      heralds = null;
      if (former != null) {
        former.close();
      }
    }

    @Override
    public void lost(String reason) {
      synchronized (EmulatedDevice.this) {
        slots = null;
      }
      stopHeralds();
      listener.detached(reason);
    }
  }

  /// What comes on the herald connection of one attachment.
  private final class Heralds implements HeraldReceiver.Listener {
    private final DeviceListener listener;
    private final DeviceInventory inventory;
    private final SlotTable numbered;

    Heralds(DeviceListener listener, DeviceInventory inventory, SlotTable numbered) {
      this.listener = listener;
      this.inventory = inventory;
      this.numbered = numbered;
    }

    @Override
    public void bound() {
      resumeSchedule(numbered);
      listener.attached(inventory);
    }

    @Override
    public void heralded(HeraldBatch batch) {
      listener.heralded(batch);
    }

    @Override
    public void failed(String reason) {
      breakOff(reason);
    }
  }

  private void breakOff(String reason) {
    StandingStream<AttachRequest, AttachResponse> broken;
    synchronized (this) {
      broken = stream;
    }
    if (broken != null) {
      broken.breakOff(Status.INTERNAL.withDescription(reason));
    }
  }

  private void resumeSchedule(SlotTable numbered) {
    synchronized (this) {
      slots = numbered;
    }
    sendSchedule();
  }

  @Override
  public void schedule(List<AttemptRequest> replacement) {
    synchronized (this) {
      requests = List.copyOf(replacement);
    }
    sendSchedule();
  }

  private void sendSchedule() {
    String failure = offerSchedule();
    if (!failure.isEmpty()) {
      // It must not run on with another schedule than ours.
      breakOff(failure);
    }
  }

  private synchronized String offerSchedule() {
    if (slots == null || stream == null) {
      return "";
    }
    try {
      AttemptSchedule schedule = DeviceMessages.schedule(slots.replace(requests));
      return stream.offer(AttachRequest.newBuilder().setSchedule(schedule).build())
          ? ""
          : "the device does not take its schedule";
    } catch (IllegalArgumentException tooMany) {
      return String.valueOf(tooMany.getMessage());
    }
  }

  @Override
  public void execute(List<DeviceCommand> commands) {
    for (int from = 0; from < commands.size(); from += COMMANDS_PER_BATCH_MAX) {
      List<DeviceCommand> part =
          commands.subList(from, Math.min(commands.size(), from + COMMANDS_PER_BATCH_MAX));
      AttachRequest batch =
          AttachRequest.newBuilder().setCommands(DeviceMessages.commands(part)).build();
      if (!offer(batch)) {
        // Their pairs expire at the end of their rounds.
        droppedCommandCount.addAndGet(part.size());
      }
    }
  }

  private synchronized boolean offer(AttachRequest request) {
    return slots != null && stream != null && stream.offer(request);
  }

  /// Commands that never reached the device.
  public long droppedCommandCount() {
    return droppedCommandCount.get();
  }

  @Override
  public HeraldCounts heraldCounts() {
    return heraldCounts;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (stream != null) {
        stream.close();
      }
    }
    heraldThread.close();
    channel.shutdownNow();
  }
}
