package net.bellwether.controller;

import io.grpc.Server;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.grpc.NodeControlGrpc;
import net.bellwether.controller.grpc.PlanGrpc;
import net.bellwether.controller.grpc.SessionGrpc;
import net.bellwether.controller.grpc.TopologyGrpc;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.VersionReporting;

/// How the parts of the controller are put together. Beans close in the reverse order: callers
/// first, then decisions, then the store.
@Factory
final class ControllerBeans {
  private static final long STOP_SECONDS = 5;

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
  RunningServer server(ControllerConfig config, ControlEngine engine) {
    return new RunningServer(
        GrpcServers.start(
            config.listen(),
            config.tls(),
            List.of(
                new TopologyGrpc(engine),
                new SessionGrpc(engine),
                new PlanGrpc(engine),
                new NodeControlGrpc(engine),
                new VersionReporting("controller"))));
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
