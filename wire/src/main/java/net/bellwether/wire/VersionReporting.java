package net.bellwether.wire;

import io.grpc.stub.StreamObserver;
import net.bellwether.v1.GetVersionRequest;
import net.bellwether.v1.GetVersionResponse;
import net.bellwether.v1.VersionServiceGrpc.VersionServiceImplBase;

/// The version service of one program.
public final class VersionReporting extends VersionServiceImplBase {
  private static final String API_VERSION = "v1";

  private final String program;

  /// `program` is its name, for example "controller".
  public VersionReporting(String program) {
    this.program = program;
  }

  @Override
  public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> responses) {
    responses.onNext(
        GetVersionResponse.newBuilder()
            .setProgram(program)
            .setVersion(BuildVersion.current())
            .setApiVersion(API_VERSION)
            .build());
    responses.onCompleted();
  }
}
