package net.bellwether.emulator;

import io.grpc.stub.StreamObserver;
import net.bellwether.v1.ApplyRequest;
import net.bellwether.v1.ApplyResponse;
import net.bellwether.v1.DescribeRequest;
import net.bellwether.v1.DescribeResponse;
import net.bellwether.v1.NatureServiceGrpc;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;

/// Lets operators change what the hardware truly is, and see it.
final class NatureScripting extends NatureServiceGrpc.NatureServiceImplBase {
  private final NatureHost host;

  NatureScripting(NatureHost host) {
    this.host = host;
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> responses) {
    requireOperator();
    responses.onNext(ApplyResponse.newBuilder().setFromFrame(apply(request)).build());
    responses.onCompleted();
  }

  private long apply(ApplyRequest request) {
    try {
      return host.apply(NatureMessages.happening(request));
    } catch (IllegalArgumentException mistake) {
      String message = String.valueOf(mistake.getMessage());
      int fieldEnd = message.indexOf(" (");
      throw RpcErrors.invalidArgument(message.substring(0, Math.max(0, fieldEnd)), message);
    }
  }

  @Override
  public void describe(DescribeRequest request, StreamObserver<DescribeResponse> responses) {
    requireOperator();
    responses.onNext(NatureMessages.report(host.describe()));
    responses.onCompleted();
  }

  private static void requireOperator() {
    if (!(Callers.current() instanceof Identity.Operator)) {
      throw RpcErrors.permissionDenied("only operators may script nature or see it");
    }
  }
}
