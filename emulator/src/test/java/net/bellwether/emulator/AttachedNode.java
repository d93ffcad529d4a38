package net.bellwether.emulator;

import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import net.bellwether.v1.AttachHello;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.DeviceOutcome;
import net.bellwether.v1.EmulatedDeviceServiceGrpc;
import org.jspecify.annotations.Nullable;

/// A node's end of the device stream.
final class AttachedNode implements StreamObserver<AttachResponse> {
  final StreamObserver<AttachRequest> requests;
  private final List<AttachResponse> responses = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Status> ended = new AtomicReference<>();

  AttachedNode(Channel channel) {
    requests = EmulatedDeviceServiceGrpc.newStub(channel).attach(this);
  }

  AttachedNode hello(String node) {
    requests.onNext(
        AttachRequest.newBuilder().setHello(AttachHello.newBuilder().setNode(node)).build());
    return this;
  }

  @Override
  public void onNext(AttachResponse response) {
    responses.add(response);
  }

  @Override
  public void onError(Throwable failure) {
    ended.set(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    ended.set(Status.OK);
  }

  AttachResponse first() {
    await().until(() -> !responses.isEmpty() || ended.get() != null);
    return responses.getFirst();
  }

  List<DeviceOutcome> outcomes() {
    return responses.stream()
        .flatMap(response -> response.getOutcomes().getOutcomesList().stream())
        .toList();
  }

  boolean hasEnded() {
    return ended.get() != null;
  }

  Status end() {
    await().until(this::hasEnded);
    Status status = ended.get();
    return status == null ? Status.UNKNOWN : status;
  }
}
