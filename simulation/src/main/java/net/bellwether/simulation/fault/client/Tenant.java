package net.bellwether.simulation.fault.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.simulation.fault.promise.WhatIsAcknowledgedIsKept;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Opens sessions and closes some of them, each once, however often it has to ask.
public final class Tenant {
  private final World world;
  private final String name;
  private final Caller caller;
  private final WhatIsAcknowledgedIsKept acknowledged;
  private final BiConsumer<Tenant, Session> begins;
  private final List<FlowId> open = new ArrayList<>();
  private int requestCount;
  private int pendingCount;

  /// `begins` learns of sessions when they are acknowledged.
  public Tenant(
      World world,
      String name,
      Caller caller,
      WhatIsAcknowledgedIsKept acknowledged,
      BiConsumer<Tenant, Session> begins) {
    this.world = world;
    this.name = name;
    this.caller = caller;
    this.acknowledged = acknowledged;
    this.begins = begins;
  }

  public String name() {
    return name;
  }

  /// Requests without an answer yet.
  public int pendingCount() {
    return pendingCount;
  }

  /// Asks for a session between two nodes, of a rate (0: all that is free) at a fidelity.
  public void open(NodeId from, NodeId to, double pairsPerSecond, double minFidelity) {
    String requestId = "request-" + ++requestCount;
    SessionRequest request =
        new SessionRequest("app-" + from, from, "app-" + to, to, pairsPerSecond, minFidelity);
    pendingCount++;
    caller.ask(
        core -> core.open(name, requestId, request),
        opening -> {
          pendingCount--;
          switch (opening) {
            case Opening.Opened opened -> opened(requestId, opened.session());
            case Opening.Repeated repeated -> opened(requestId, repeated.session());
            case Opening.NoTopology _ -> open(from, to, pairsPerSecond, minFidelity);
            case Opening.Refused refused -> note("%s is refused: %s", requestId, refused.missing());
            case Opening.Invalid _, Opening.Reused _ -> note("%s is refused", requestId);
          }
        });
  }

  private void note(String format, Object... values) {
    world.timeline().add(name, format, values);
  }

  private void opened(String requestId, Session session) {
    note("%s is session %s", requestId, session.id());
    acknowledged.opened(session.id(), name + "/" + requestId);
    open.add(session.id());
    begins.accept(this, session);
  }

  /// Closes one of its sessions, if it has any.
  public void closeOne() {
    if (!open.isEmpty()) {
      close(world.oneOf(open));
    }
  }

  public void closeAll() {
    List.copyOf(open).forEach(this::close);
  }

  private void close(FlowId session) {
    open.remove(session);
    pendingCount++;
    caller.ask(
        core -> {
          Optional<Session> known = core.state().findSession(session);
          known.ifPresent(core::close);
          return known.isPresent();
        },
        known -> {
          pendingCount--;
          if (known) {
            note("session %s is closed", session);
            acknowledged.closed(session);
          } else {
            // Whoever says so of an acknowledged session leads no more and has not noticed yet.
            note("session %s is unknown, asks again", session);
            open.add(session);
            world.after(World.SECOND, () -> close(session));
          }
        });
  }
}
