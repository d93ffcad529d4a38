package net.bellwether.agent.device;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.stream.StandingStream;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AttachHello;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.EmulatedDeviceServiceGrpc;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;

/// Driver of an emulated device: one stream to the emulator, which stands in for the hardware.
public final class EmulatedDevice implements QuantumDevice {
  /// A batch stays far below the largest message.
  private static final int COMMANDS_PER_BATCH_MAX = 4_000;

  /// Batches that wait for a slow emulator: more than two seconds' worth is too late anyway.
  private static final int OUTBOX_MAX = 1_000;

  private final NodeId node;
  private final ManagedChannel channel;
  private final ScheduledExecutorService timer;
  private final AtomicLong droppedCommandCount = new AtomicLong();
  private List<AttemptRequest> requests = List.of();
  private boolean attached;
  private @Nullable StandingStream<AttachRequest, AttachResponse> stream;

  /// `endpoint` is host:port of the emulator.
  public EmulatedDevice(
      NodeId node, String endpoint, TlsFiles tls, ScheduledExecutorService timer) {
    this.node = node;
    this.timer = timer;
    this.channel =
        GrpcChannels.open(endpoint, tls, identity -> identity instanceof Identity.Emulator);
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
    private long epoch;

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
        case INVENTORY -> {
          DeviceInventory inventory = DeviceMessages.inventory(message.getInventory());
          epoch = inventory.epoch();
          resumeSchedule();
          listener.attached(inventory);
        }
        case HERALDS ->
            listener.heralded(
                DeviceMessages.heralds(message.getHeralds(), epoch),
                net.bellwether.wire.Vocabulary.fromProto(message.getHeralds().getCompleteUntil()));
        case OUTCOMES -> listener.concluded(DeviceMessages.outcomes(message.getOutcomes()));
        case MESSAGE_NOT_SET -> throw new IllegalArgumentException("it is empty");
      }
    }

    @Override
    public void lost(String reason) {
      synchronized (EmulatedDevice.this) {
        attached = false;
      }
      listener.detached(reason);
    }
  }

  private synchronized void breakOff(String reason) {
    if (stream != null) {
      stream.breakOff(Status.INTERNAL.withDescription(reason));
    }
  }

  private synchronized void resumeSchedule() {
    attached = true;
    sendSchedule();
  }

  @Override
  public synchronized void schedule(List<AttemptRequest> replacement) {
    requests = List.copyOf(replacement);
    if (attached) {
      sendSchedule();
    }
  }

  private void sendSchedule() {
    if (stream != null
        && !stream.offer(
            AttachRequest.newBuilder().setSchedule(DeviceMessages.schedule(requests)).build())) {
      // It must not run on with another schedule than ours.
      breakOff("the device does not take its schedule");
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
    return attached && stream != null && stream.offer(request);
  }

  /// Commands that never reached the device.
  public long droppedCommandCount() {
    return droppedCommandCount.get();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (stream != null) {
        stream.close();
      }
    }
    channel.shutdownNow();
  }
}
