package net.bellwether.controller.grpc;

import io.grpc.stub.StreamObserver;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.bellwether.controller.lead.Office;
import net.bellwether.v1.AdminServiceGrpc;
import net.bellwether.v1.GetLeadershipRequest;
import net.bellwether.v1.GetLeadershipResponse;
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
}
