package net.bellwether.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.bellwether.v1.GetVersionRequest;
import net.bellwether.v1.GetVersionResponse;
import net.bellwether.v1.VersionServiceGrpc;
import net.bellwether.v1.VersionServiceGrpc.VersionServiceImplBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcErrorsTest {
  private static final AtomicReference<Consumer<StreamObserver<GetVersionResponse>>> BEHAVIOUR =
      new AtomicReference<>();

  private static Server server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start(@TempDir Path directory) {
    CertificateAuthority authority = CertificateAuthority.openOrCreate(directory, "qit.test");
    Identity controller = new Identity.Controller("qit.test", 1);
    TlsFiles tls = authority.issue(controller, directory.resolve("controller"));
    VersionServiceImplBase service =
        new VersionServiceImplBase() {
          @Override
          public void getVersion(
              GetVersionRequest request, StreamObserver<GetVersionResponse> responses) {
            BEHAVIOUR.get().accept(responses);
          }
        };
    server =
        GrpcServers.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, List.of(service));
    channel = GrpcChannels.open("localhost:" + server.getPort(), tls, controller::equals);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void violationsSurviveTheCall() {
    StatusRuntimeException error =
        failing(_ -> {
          throw RpcErrors.invalidArgument(
              List.of(
                  violation("min_fidelity", "(0.4) must be in (0.5, 1]"),
                  violation("src", "must be set")));
        });
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(RpcErrors.detail(error, BadRequest.class).orElseThrow().getFieldViolationsList())
        .extracting(FieldViolation::getField)
        .containsExactly("min_fidelity", "src");
    assertThat(RpcErrors.describe(error))
        .isEqualTo("min_fidelity: (0.4) must be in (0.5, 1]\nsrc: must be set");
  }

  @Test
  void hundredsOfViolationsSurviveAsTheFirstOnesAndHowManyMore() {
    List<FieldViolation> many =
        IntStream.range(0, 700)
            .mapToObj(i -> violation("links[" + i + "].lengthKm", "(Ωμέγα %%) must be a number"))
            .toList();
    StatusRuntimeException error =
        failing(_ -> {
          throw RpcErrors.invalidArgument(many);
        });
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    int carried = RpcErrors.detail(error, BadRequest.class).orElseThrow().getFieldViolationsCount();
    assertThat(carried).isGreaterThan(5);
    assertThat(RpcErrors.describe(error))
        .startsWith("links[0].lengthKm: ")
        .endsWith("\nand " + (700 - carried) + " more");
  }

  @Test
  void overlongValueIsCutAndItsRuleStays() {
    StatusRuntimeException error =
        failing(_ -> {
          throw RpcErrors.invalidArgument("name", "(" + "é".repeat(100_000) + ") must be short");
        });
    assertThat(RpcErrors.describe(error)).startsWith("name: (é").endsWith("é) must be short");
    error =
        failing(_ -> {
          throw RpcErrors.notFound("session", "s".repeat(100_000));
        });
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void detailsSurviveOnError() {
    GetVersionResponse offer = GetVersionResponse.newBuilder().setProgram("offer").build();
    StatusRuntimeException error =
        failing(responses -> responses.onError(RpcErrors.failedPrecondition("too much", offer)));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(RpcErrors.detail(error, GetVersionResponse.class)).contains(offer);
    assertThat(RpcErrors.detail(error, BadRequest.class)).isEmpty();
  }

  @Test
  void illegalArgumentIsTheCallersMistakeWithItsText() {
    StatusRuntimeException error =
        failing(_ -> {
          throw new IllegalArgumentException("generation (0) must be at least 1");
        });
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(RpcErrors.describe(error)).isEqualTo("generation (0) must be at least 1");
  }

  @Test
  void illegalArgumentOnErrorIsTheSame() {
    StatusRuntimeException error =
        failing(responses -> responses.onError(new IllegalArgumentException("no such basis")));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(RpcErrors.describe(error)).isEqualTo("no such basis");
  }

  @Test
  void otherFailuresKeepTheirInternals() {
    StatusRuntimeException error =
        failing(_ -> {
          throw new IllegalStateException("password is hunter2");
        });
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(RpcErrors.describe(error))
        .isEqualTo(
            "bellwether.v1.VersionService/GetVersion failed inside the server; its log says why");
  }

  @Test
  void notFoundSaysWhat() {
    StatusRuntimeException error =
        failing(_ -> {
          throw RpcErrors.notFound("session", "s-1");
        });
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(RpcErrors.describe(error)).isEqualTo("there is no session s-1");
  }

  @Test
  void errorThatIsNoCallIsDescribedByItsMessage() {
    assertThat(RpcErrors.describe(new IllegalStateException("disk is full")))
        .isEqualTo("disk is full");
  }

  private static StatusRuntimeException failing(
      Consumer<StreamObserver<GetVersionResponse>> behaviour) {
    BEHAVIOUR.set(behaviour);
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            VersionServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getVersion(GetVersionRequest.getDefaultInstance()));
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
