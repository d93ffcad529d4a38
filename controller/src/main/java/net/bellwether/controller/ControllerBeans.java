package net.bellwether.controller;

import io.grpc.Server;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.grpc.NodeControlGrpc;
import net.bellwether.controller.grpc.PlanGrpc;
import net.bellwether.controller.grpc.SessionGrpc;
import net.bellwether.controller.grpc.TopologyGrpc;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
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

  @Singleton
  @Bean(preDestroy = "close")
  StateStore store(ControllerConfig config) {
    return SqliteStateStore.open(config.stateDirectory());
  }

  @Singleton
  @Bean(preDestroy = "close")
  ControlEngine engine(StateStore store, Shutdown shutdown) {
    ControlCore core = new ControlCore(new StoreJournal(store), System::nanoTime);
    return ControlEngine.start(core, store.term(), shutdown::fail);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Office office(ControlEngine engine) {
    Office office = new Office();
    office.lead(engine);
    return office;
  }

  @Singleton
  @Bean(preDestroy = "close")
  RunningServer server(ControllerConfig config, Office office) {
    return new RunningServer(
        GrpcServers.start(
            config.listen(),
            config.tls(),
            List.of(
                new TopologyGrpc(office),
                new SessionGrpc(office),
                new PlanGrpc(office),
                new NodeControlGrpc(office),
                new VersionReporting("controller")),
            List.of(new Relay(office, OWN_SERVICES))));
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
