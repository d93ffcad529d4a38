package net.bellwether.agent.device;

import io.grpc.stub.StreamObserver;
import net.bellwether.agent.stream.ScriptedServer;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.DeviceInventory;
import net.bellwether.v1.EmulatedDeviceServiceGrpc.EmulatedDeviceServiceImplBase;
import net.bellwether.v1.LinkTiming;
import net.bellwether.v1.NetworkTime;
import net.bellwether.wire.TlsFiles;

/// An emulator that does what the test says.
public final class ScriptedEmulator {
  private ScriptedEmulator() {}

  public static ScriptedServer<AttachRequest, AttachResponse> start(int port, TlsFiles tls) {
    return new ScriptedServer<>(
        port,
        tls,
        attach ->
            new EmulatedDeviceServiceImplBase() {
              @Override
              public StreamObserver<AttachRequest> attach(
                  StreamObserver<AttachResponse> responses) {
                return attach.apply(responses);
              }
            });
  }

  /// Inventory of a node with link "ab".
  public static AttachResponse inventory(long frame) {
    return AttachResponse.newBuilder()
        .setInventory(
            DeviceInventory.newBuilder()
                .setCommunicationQubitCount(4)
                .setMemoryQubitCount(8)
                .addLinks("ab")
                .addTimings(
                    LinkTiming.newBuilder()
                        .setLink("ab")
                        .setAttemptPeriodPicos(100_000_000)
                        .setHeraldLatencyPicos(50_000_000))
                .setEpoch(3)
                .setNetworkTime(NetworkTime.newBuilder().setFrame(frame)))
        .build();
  }
}
