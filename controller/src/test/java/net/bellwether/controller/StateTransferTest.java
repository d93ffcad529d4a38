package net.bellwether.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.controller.engine.Documents;
import net.bellwether.controller.store.etcd.EtcdCluster;
import net.bellwether.v1.AdminServiceGrpc;
import net.bellwether.v1.ExportStateRequest;
import net.bellwether.v1.GetTopologyRequest;
import net.bellwether.v1.ImportStateRequest;
import net.bellwether.v1.ImportStateResponse;
import net.bellwether.v1.Session;
import net.bellwether.v1.StatePart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTransferTest {
  private static final String CHAIN = Documents.of("chain", "a -4- r -6- b");
  private static final int SESSIONS = 4;

  @TempDir private Path directory;

  @Test
  void stateMovesFromTheEmbeddedStoreToEtcdAndBackWithoutLosingASession() throws Exception {
    try (ServiceFixture embedded = new ServiceFixture(directory.resolve("embedded"));
        EtcdCluster etcd = EtcdCluster.start(1);
        ServiceFixture shared =
            new ServiceFixture(
                directory.resolve("shared"), new StoreChoice.Shared(etcd.config(), "localhost"));
        ServiceFixture back = new ServiceFixture(directory.resolve("back"))) {
      embedded.apply(CHAIN);
      List<Session> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        sessions.add(embedded.open("acme", "r" + i, "a", "b", 0.01, 0));
      }
      List<StatePart> exported = export(embedded);

      restore(shared, exported);
      assertThat(open(shared)).isEqualTo(sessions.stream().map(Session::getSpec).toList());
      assertThat(shared.open("acme", "r0", "a", "b", 0.01, 0).getSessionId())
          .isEqualTo(sessions.getFirst().getSessionId());

      restore(back, export(shared));
      assertThat(open(back)).isEqualTo(open(shared));
      assertThat(document(back)).isEqualTo(CHAIN);
      // The state is durable there: a controller that starts again has it.
      back.stop();
      back.start();
      assertThat(open(back)).isEqualTo(open(shared));
    }
  }

  @Test
  void stateThatIsDamagedOrNotWholeIsRefusedAndChangesNothing() throws Exception {
    try (ServiceFixture from = new ServiceFixture(directory.resolve("from"));
        ServiceFixture into = new ServiceFixture(directory.resolve("into"))) {
      from.apply(CHAIN);
      List<StatePart> whole = export(from);
      assertThat(refusal(into, whole.subList(0, whole.size() - 1))).contains("the end is missing");
      assertThat(refusal(into, whole.subList(1, whole.size()))).contains("one beginning");
      List<StatePart> altered = new ArrayList<>(whole);
      StatePart.Builder entries = altered.get(1).toBuilder();
      entries.getEntriesBuilder().getEntriesBuilder(0).setKey("/other");
      altered.set(1, entries.build());
      assertThat(refusal(into, altered)).contains("the state is damaged");
      List<StatePart> newer = new ArrayList<>(whole);
      StatePart.Builder beginning = newer.getFirst().toBuilder();
      beginning.getBeginningBuilder().setSchema(2).setVersion("9.0.0");
      newer.set(0, beginning.build());
      assertThat(refusal(into, newer)).contains("of version 9.0.0");
      assertThat(
              catchThrowableOfType(StatusRuntimeException.class, () -> document(into))
                  .getStatus()
                  .getCode())
          .isEqualTo(Status.Code.NOT_FOUND);
      restore(into, whole);
      assertThat(document(into)).isEqualTo(CHAIN);
      assertThat(refusal(into, whole)).contains("into an empty store only");
    }
  }

  private static List<StatePart> export(ServiceFixture world) {
    List<StatePart> parts = new ArrayList<>();
    AdminServiceGrpc.newBlockingStub(world.operator())
        .exportState(ExportStateRequest.getDefaultInstance())
        .forEachRemaining(response -> parts.add(response.getPart()));
    return parts;
  }

  private static ImportStateResponse restore(ServiceFixture world, List<StatePart> parts)
      throws Exception {
    BlockingClientCall<ImportStateRequest, ImportStateResponse> call =
        ClientCalls.blockingClientStreamingCall(
            world.operator(), AdminServiceGrpc.getImportStateMethod(), CallOptions.DEFAULT);
    for (StatePart part : parts) {
      if (!call.write(ImportStateRequest.newBuilder().setPart(part).build())) {
        break;
      }
    }
    call.halfClose();
    return call.read();
  }

  private static String refusal(ServiceFixture world, List<StatePart> parts) {
    StatusException refused =
        catchThrowableOfType(StatusException.class, () -> restore(world, parts));
    assertThat(refused).isNotNull();
    return String.valueOf(refused.getStatus().getDescription());
  }

  private static List<net.bellwether.v1.SessionSpec> open(ServiceFixture world) {
    return world
        .sessions("acme")
        .listSessions(net.bellwether.v1.ListSessionsRequest.getDefaultInstance())
        .getSessionsList()
        .stream()
        .map(Session::getSpec)
        .toList();
  }

  private static String document(ServiceFixture world) {
    return world.topology().getTopology(GetTopologyRequest.getDefaultInstance()).getDocument();
  }
}
