package net.bellwether.controller;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.bellwether.controller.grpc.AdminGrpc;
import net.bellwether.controller.grpc.NodeControlGrpc;
import net.bellwether.controller.grpc.PlanGrpc;
import net.bellwether.controller.grpc.SessionGrpc;
import net.bellwether.controller.grpc.TopologyGrpc;
import net.bellwether.controller.lead.Office;
import net.bellwether.v1.SessionServiceGrpc;
import net.bellwether.v1.TopologyServiceGrpc;
import net.bellwether.v1.VersionServiceGrpc;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.Relay;
import net.bellwether.wire.VersionReporting;

/// How the parts of the controller are put together. Beans close in the reverse order: callers
/// first, then decisions, then the store.
@Factory
final class ControllerBeans {
  private static final long STOP_SECONDS = 5;

  /// What every controller answers for itself.
  private static final Set<String> OWN_SERVICES =
      Set.of(
          VersionServiceGrpc.SERVICE_NAME,
          HealthGrpc.SERVICE_NAME,
          ServerReflectionGrpc.SERVICE_NAME);

  /// What a controller answers from memory where nobody leads: what was promised, not what is
  /// measured or asked of anybody.
  private static final Set<MethodDescriptor<?, ?>> REMEMBERED =
      Set.of(
          SessionServiceGrpc.getGetSessionMethod(),
          SessionServiceGrpc.getListSessionsMethod(),
          TopologyServiceGrpc.getGetTopologyMethod(),
          TopologyServiceGrpc.getListNodesMethod(),
          TopologyServiceGrpc.getListLinksMethod());

  @Singleton
  @Bean(preDestroy = "close")
  Decisions decisions(ControllerConfig config, Shutdown shutdown) {
    return Decisions.open(config, shutdown::fail);
  }

  @Singleton
  Office office(Decisions decisions) {
    return decisions.office();
  }

  @Singleton
  @Bean(preDestroy = "close")
  RunningServer server(ControllerConfig config, Decisions decisions) {
    Office office = decisions.office();
    Server server =
        GrpcServers.start(
            config.listen(),
            config.tls(),
            List.of(
                new TopologyGrpc(office),
                new SessionGrpc(office),
                new PlanGrpc(office),
                new NodeControlGrpc(office),
                new AdminGrpc(
                    office, decisions.storeName(), decisions::endpoint, decisions::stepDown),
                new VersionReporting("controller")),
            List.of(new Relay(office, OWN_SERVICES, REMEMBERED)));
    decisions.listening(server.getPort());
    return new RunningServer(server);
  }

  @Singleton
  Shutdown shutdown() {
    return new Shutdown();
  }

  /// The gRPC server, which ends its calls when it closes.
  record RunningServer(Server server) implements AutoCloseable {
    @Override
    public void close() {
      server.shutdownNow();
      try {
        server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
