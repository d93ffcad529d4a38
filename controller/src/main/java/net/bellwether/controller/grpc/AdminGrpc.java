package net.bellwether.controller.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.record.StateImage;
import net.bellwether.controller.store.StateStore;
import net.bellwether.v1.AdminServiceGrpc;
import net.bellwether.v1.ExportStateRequest;
import net.bellwether.v1.ExportStateResponse;
import net.bellwether.v1.GetLeadershipRequest;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.v1.ImportStateRequest;
import net.bellwether.v1.ImportStateResponse;
import net.bellwether.v1.StateBeginning;
import net.bellwether.v1.StateEnd;
import net.bellwether.v1.StateEntries;
import net.bellwether.v1.StateEntry;
import net.bellwether.v1.StatePart;
import net.bellwether.v1.StepDownRequest;
import net.bellwether.v1.StepDownResponse;
import net.bellwether.wire.BuildVersion;
import net.bellwether.wire.RpcErrors;

/// Operators' door to the controllers themselves.
public final class AdminGrpc extends AdminServiceGrpc.AdminServiceImplBase {
  private final Office office;
  private final String store;
  private final Supplier<String> endpoint;
  private final BooleanSupplier stepDown;

  /// `store` says where state is kept, `endpoint` where others reach this controller, empty where
  /// there are none; `stepDown` lets one of them lead, and is false where that cannot be.
  public AdminGrpc(
      Office office, String store, Supplier<String> endpoint, BooleanSupplier stepDown) {
    this.office = office;
    this.store = store;
    this.endpoint = endpoint;
    this.stepDown = stepDown;
  }

  @Override
  public void getLeadership(
      GetLeadershipRequest request, StreamObserver<GetLeadershipResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("who leads");
          return GetLeadershipResponse.newBuilder()
              .setEndpoint(endpoint.get())
              .setTerm(office.engine().term())
              .setStore(store)
              .setVersion(BuildVersion.current())
              .build();
        });
  }

  @Override
  public void stepDown(StepDownRequest request, StreamObserver<StepDownResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("stepping down");
          long term = office.engine().term();
          if (!stepDown.getAsBoolean()) {
            throw RpcErrors.failedPrecondition(
                "this controller has no others that could lead: its store is embedded");
          }
          return StepDownResponse.newBuilder().setEndedTerm(term).build();
        });
  }

  @Override
  public void exportState(ExportStateRequest request, StreamObserver<ExportStateResponse> caller) {
    ServerCallStreamObserver<ExportStateResponse> reader =
        (ServerCallStreamObserver<ExportStateResponse>) caller;
    try {
      Access.requireOperator("the state");
      export(reader);
      reader.onCompleted();
    } catch (RuntimeException e) {
      reader.onError(Replies.status(e));
    }
  }

  private void export(ServerCallStreamObserver<ExportStateResponse> reader) {
    StateStore from = office.store();
    long revision = from.revision();
    send(
        reader,
        StatePart.newBuilder()
            .setBeginning(
                StateBeginning.newBuilder()
                    .setSchema(StateUpload.SCHEMA)
                    .setRevision(revision)
                    .setTerm(from.term())
                    .setVersion(BuildVersion.current())));
    StateImage.Digest digest = new StateImage.Digest();
    StateImage.take(
        from,
        revision,
        entries -> {
          StateEntries.Builder part = StateEntries.newBuilder();
          for (StateImage.Entry entry : entries) {
            digest.add(entry);
            part.addEntries(StateEntry.newBuilder().setKey(entry.key()).setValue(entry.value()));
          }
          send(reader, StatePart.newBuilder().setEntries(part));
        });
    send(
        reader,
        StatePart.newBuilder()
            .setEnd(
                StateEnd.newBuilder().setEntryCount(digest.count()).setSha256(digest.sha256())));
  }

  private static void send(
      ServerCallStreamObserver<ExportStateResponse> reader, StatePart.Builder part) {
    reader.onNext(ExportStateResponse.newBuilder().setPart(part).build());
  }

  @Override
  public StreamObserver<ImportStateRequest> importState(
      StreamObserver<ImportStateResponse> caller) {
    Access.requireOperator("the state");
    return new StateUpload(office, caller);
  }
}
