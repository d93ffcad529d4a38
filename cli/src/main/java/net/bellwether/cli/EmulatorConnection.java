package net.bellwether.cli;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.bellwether.v1.ApplyRequest;
import net.bellwether.v1.ApplyResponse;
import net.bellwether.v1.DescribeRequest;
import net.bellwether.v1.DescribeResponse;
import net.bellwether.v1.NatureServiceGrpc;
import net.bellwether.v1.NatureServiceGrpc.NatureServiceBlockingStub;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// A connection to an emulator for one command.
final class EmulatorConnection implements AutoCloseable {
  /// An emulator answers at once; a machine that starts a network may take a while.
  private static final long DEADLINE_SECONDS = 20;

  private final String endpoint;
  private final ManagedChannel channel;

  private EmulatorConnection(String endpoint, ManagedChannel channel) {
    this.endpoint = endpoint;
    this.channel = channel;
  }

  /// A CommandFailure where an option is missing.
  static EmulatorConnection open(Bellctl root) {
    @Nullable String endpoint = root.emulator();
    if (endpoint == null) {
      throw new CommandFailure(
          Exit.USAGE,
          "--emulator HOST:PORT (or BELLWETHER_EMULATOR) must say where the emulator is");
    }
    return new EmulatorConnection(
        endpoint,
        GrpcChannels.open(endpoint, root.identity(), peer -> peer instanceof Identity.Emulator));
  }

  ApplyResponse apply(ApplyRequest request) {
    return call(nature -> nature.apply(request));
  }

  DescribeResponse describe() {
    return call(nature -> nature.describe(DescribeRequest.getDefaultInstance()));
  }

  private <T> T call(Function<NatureServiceBlockingStub, T> question) {
    try {
      return question.apply(
          NatureServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        throw new CommandFailure(
            Exit.UNREACHABLE,
            "cannot reach the emulator at %s: %s\ncheck that it runs, the address, and that both certificates are of one authority"
                .formatted(endpoint, RpcErrors.describe(failure)));
      }
      throw failure;
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
