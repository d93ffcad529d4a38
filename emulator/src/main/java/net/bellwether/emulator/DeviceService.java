package net.bellwether.emulator;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AttachHello;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.CommandBatch;
import net.bellwether.v1.DeviceCommand;
import net.bellwether.v1.EmulatedDeviceServiceGrpc;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// The device stream. A node is who its certificate says; a message it cannot read ends the stream,
/// a command it cannot read is refused.
final class DeviceService extends EmulatedDeviceServiceGrpc.EmulatedDeviceServiceImplBase {
  private final NatureHost host;

  DeviceService(NatureHost host) {
    this.host = host;
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    return new Requests(Callers.current(), (ServerCallStreamObserver<AttachResponse>) responses);
  }

  /// One node's messages. gRPC calls it from one thread at a time. The next message is asked for
  /// when the answers to the last have room, so a node that does not read is not listened to.
  private final class Requests implements StreamObserver<AttachRequest> {
    private final Identity caller;
    private final ServerCallStreamObserver<AttachResponse> responses;
    private @Nullable Attachment attachment;
    private boolean owesRequest;

    Requests(Identity caller, ServerCallStreamObserver<AttachResponse> responses) {
      this.caller = caller;
      this.responses = responses;
      responses.disableAutoRequest();
      responses.setOnReadyHandler(this::requestNext);
      responses.setOnCancelHandler(this::detach);
      responses.setOnCloseHandler(this::detach);
      responses.request(1);
    }

    @Override
    public void onNext(AttachRequest request) {
      try {
        accept(request);
        owesRequest = true;
        if (responses.isReady()) {
          requestNext();
        }
      } catch (IllegalArgumentException malformed) {
        refuse(RpcErrors.invalidArgument("message", String.valueOf(malformed.getMessage())));
      } catch (StatusRuntimeException refusal) {
        refuse(refusal);
      }
    }

    private void requestNext() {
      if (owesRequest) {
        owesRequest = false;
        responses.request(1);
      }
    }

    private void accept(AttachRequest request) {
      Attachment current = attachment;
      if (current == null) {
        if (request.getMessageCase() != AttachRequest.MessageCase.HELLO) {
          throw RpcErrors.invalidArgument("message", "the first message must be hello");
        }
        attachment = host.attach(nodeOf(request.getHello()), responses);
        return;
      }
      switch (request.getMessageCase()) {
        case SCHEDULE -> host.schedule(current, DeviceMessages.requests(request.getSchedule()));
        case COMMANDS -> execute(current, request.getCommands());
        case HELLO -> throw RpcErrors.invalidArgument("message", "hello must come once");
        case MESSAGE_NOT_SET ->
            throw RpcErrors.invalidArgument("message", "must be hello, schedule or commands");
      }
    }

    private NodeId nodeOf(AttachHello hello) {
      return switch (caller) {
        case Identity.Node node when node.node().value().equals(hello.getNode()) -> node.node();
        case Identity other ->
            throw RpcErrors.permissionDenied(
                "node ("
                    + hello.getNode()
                    + ") must be the caller's own, not that of "
                    + other.uri());
      };
    }

    private void execute(Attachment current, CommandBatch batch) {
      List<Command> commands = new ArrayList<>(batch.getCommandsCount());
      List<Outcome> refused = new ArrayList<>();
      for (DeviceCommand command : batch.getCommandsList()) {
        try {
          commands.add(DeviceMessages.command(command));
        } catch (IllegalArgumentException malformed) {
          refused.add(
              new Outcome.Refused(command.getTag(), String.valueOf(malformed.getMessage())));
        }
      }
      host.execute(current, commands, refused);
    }

    private void refuse(StatusRuntimeException reason) {
      Attachment current = attachment;
      if (current == null) {
        responses.onError(reason);
      } else {
        host.drop(current, reason);
      }
    }

    private void detach() {
      Attachment current = attachment;
      if (current != null) {
        host.detach(current);
      }
    }

    @Override
    public void onError(Throwable failure) {
      detach();
    }

    @Override
    public void onCompleted() {
      Attachment current = attachment;
      if (current == null) {
        responses.onCompleted();
      } else {
        host.complete(current);
      }
    }
  }
}
