package net.bellwether.emulator;

import io.grpc.stub.StreamObserver;
import net.bellwether.topology.id.LinkId;
import net.bellwether.v1.DisturbLinkRequest;
import net.bellwether.v1.DisturbLinkResponse;
import net.bellwether.v1.NatureServiceGrpc;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;

/// Lets operators change what links truly are.
final class NatureScripting extends NatureServiceGrpc.NatureServiceImplBase {
  private final NatureHost host;

  NatureScripting(NatureHost host) {
    this.host = host;
  }

  @Override
  public void disturbLink(
      DisturbLinkRequest request, StreamObserver<DisturbLinkResponse> response) {
    if (!(Callers.current() instanceof Identity.Operator)) {
      throw RpcErrors.permissionDenied("only operators may disturb links");
    }
    response.onNext(DisturbLinkResponse.newBuilder().setFromFrame(disturb(request)).build());
    response.onCompleted();
  }

  private long disturb(DisturbLinkRequest request) {
    try {
      return host.disturb(
          LinkId.of(request.getLink()), request.getSuccessFactor(), request.getWhiteNoise());
    } catch (IllegalArgumentException mistake) {
      String message = String.valueOf(mistake.getMessage());
      throw RpcErrors.invalidArgument(message.substring(0, message.indexOf(' ')), message);
    }
  }
}
