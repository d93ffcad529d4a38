package net.bellwether.agent.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import net.bellwether.agent.herald.ScriptedHeralds;
import net.bellwether.agent.stream.ScriptedServer;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.DeviceInventory;
import net.bellwether.v1.EmulatedDeviceServiceGrpc.EmulatedDeviceServiceImplBase;
import net.bellwether.v1.HeraldSource;
import net.bellwether.v1.HeraldTransport;
import net.bellwether.v1.LinkTiming;
import net.bellwether.v1.NetworkTime;
import net.bellwether.wire.TlsFiles;

/// An emulator that does what the test says.
public final class ScriptedEmulator {
  static final byte[] TOKEN = "0123456789abcdef".getBytes(US_ASCII);

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

  /// Inventory of a node with link "ab", whose heralds `heralds` serves.
  public static AttachResponse inventory(long frame, ScriptedHeralds heralds) {
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
                        .setHeraldLatencyPicos(50_000_000)
                        .addModes("m"))
                .setHeralds(
                    HeraldSource.newBuilder()
                        .setPort(heralds.port())
                        .setToken(ByteString.copyFrom(TOKEN))
                        .setTransport(HeraldTransport.HERALD_TRANSPORT_TLS))
                .setEpoch(3)
                .setNetworkTime(NetworkTime.newBuilder().setFrame(frame)))
        .build();
  }
}
