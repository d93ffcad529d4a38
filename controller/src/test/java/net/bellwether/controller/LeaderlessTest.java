package net.bellwether.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import net.bellwether.controller.engine.Documents;
import net.bellwether.controller.store.etcd.EtcdCluster;
import net.bellwether.v1.GetTopologyRequest;
import net.bellwether.v1.ListNodesRequest;
import net.bellwether.v1.TopologyServiceGrpc;
import net.bellwether.wire.Relay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderlessTest {
  private static final String CHAIN = Documents.of("chain", "a -4- r -6- b");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final AtomicReference<Metadata> headers = new AtomicReference<>();

  @Test
  void withoutAQuorumReadingsAreAnsweredFromMemoryAndMarkedAndDecisionsAreRefused() {
    try (EtcdCluster etcd = EtcdCluster.start(3);
        ServiceFixture controller =
            new ServiceFixture(directory, new StoreChoice.Shared(etcd.config(), "localhost"))) {
      controller.apply(CHAIN);
      assertThat(document(controller)).isEqualTo(CHAIN);
      assertThat(stale()).isNull();

      etcd.pause(0);
      etcd.pause(1);
      await().atMost(PATIENCE).until(() -> document(controller).equals(CHAIN) && stale() != null);
      assertThat(
              TopologyServiceGrpc.newBlockingStub(watched(controller))
                  .listNodes(ListNodesRequest.getDefaultInstance())
                  .getNodesList())
          .extracting(node -> node.getNode() + " " + node.getConnected())
          .containsExactlyInAnyOrder("a false", "b false", "r false");
      assertThat(Long.parseLong(String.valueOf(stale()))).isBetween(1L, 60L);
      assertThat(
              catchThrowableOfType(
                      StatusRuntimeException.class,
                      () -> controller.open("acme", "request", "a", "b", 0.01, 0))
                  .getStatus()
                  .getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);

      etcd.resume(0);
      etcd.resume(1);
      await().atMost(PATIENCE).until(() -> document(controller).equals(CHAIN) && stale() == null);
    }
  }

  private String document(ServiceFixture controller) {
    return TopologyServiceGrpc.newBlockingStub(watched(controller))
        .getTopology(GetTopologyRequest.getDefaultInstance())
        .getDocument();
  }

  private Channel watched(ServiceFixture controller) {
    return ClientInterceptors.intercept(
        controller.operator(),
        MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
  }

  private @Nullable String stale() {
    return headers.get().get(Relay.STALE_SECONDS);
  }
}
