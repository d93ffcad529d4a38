package net.bellwether.controller.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.wire.BuildVersion;

/// Tells whoever supervises the program whether it decides. Names no tenant, node or session.
@Controller("/health")
final class HealthEndpoint {
  private final ControlEngine engine;

  HealthEndpoint(ControlEngine engine) {
    this.engine = engine;
  }

  @Get
  HttpResponse<Health> health() {
    long agents =
        engine.snapshot().agents().values().stream().filter(AgentStatus::connected).count();
    boolean up = !engine.isClosed();
    Health health = new Health(up ? "UP" : "DOWN", BuildVersion.current(), engine.term(), agents);
    return up ? HttpResponse.ok(health) : HttpResponse.serverError(health);
  }
}
