package net.bellwether.controller.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Optional;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.wire.BuildVersion;

/// Tells whoever supervises the program whether it does its part. Names no tenant, node or session.
@Controller("/health")
final class HealthEndpoint {
  private final Office office;

  HealthEndpoint(Office office) {
    this.office = office;
  }

  @Get
  HttpResponse<Health> health() {
    Optional<ControlEngine> deciding = office.findEngine();
    String version = BuildVersion.current();
    if (deciding.isEmpty()) {
      return office.knowsLeader()
          ? HttpResponse.ok(new Health("STANDBY", version, 0, 0))
          : HttpResponse.serverError(new Health("DOWN", version, 0, 0));
    }
    ControlEngine engine = deciding.get();
    long agents =
        engine.snapshot().agents().values().stream().filter(AgentStatus::connected).count();
    boolean up = !engine.isClosed();
    Health health = new Health(up ? "UP" : "DOWN", version, engine.term(), agents);
    return up ? HttpResponse.ok(health) : HttpResponse.serverError(health);
  }
}
