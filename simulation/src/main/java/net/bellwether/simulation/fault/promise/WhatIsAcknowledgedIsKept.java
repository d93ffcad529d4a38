package net.bellwether.simulation.fault.promise;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.topology.id.FlowId;

/// What a controller has acknowledged to a tenant or an operator is part of the state of every
/// later leader: the session is there, closed ones stay closed, one request has one session,
/// topologies are not older.
public final class WhatIsAcknowledgedIsKept extends Promise {
  private final Map<FlowId, String> opened = new LinkedHashMap<>();
  private final Set<FlowId> closed = new HashSet<>();
  private long topologyRevision;

  /// The tenant has heard that `request` opened `session`.
  public void opened(FlowId session, String request) {
    String before = opened.putIfAbsent(session, request);
    require(
        before == null || before.equals(request),
        "session %s answers requests %s and %s",
        session,
        before,
        request);
    long ofRequest = opened.values().stream().filter(request::equals).count();
    require(ofRequest == 1, "request %s opened %d sessions", request, ofRequest);
  }

  public void closed(FlowId session) {
    closed.add(session);
  }

  public void applied(long revision) {
    topologyRevision = Math.max(topologyRevision, revision);
  }

  /// A leader begins with `state`.
  public void decides(String leader, ControlState state) {
    stores(leader, state);
    long revision = state.findTopology().map(t -> t.revision()).orElse(0L);
    require(
        revision >= topologyRevision,
        "%s decides on the topology of revision %d; that of revision %d was acknowledged",
        leader,
        revision,
        topologyRevision);
  }

  /// A leader stores `state`, whose topology may not have its revision yet.
  public void stores(String leader, ControlState state) {
    for (Map.Entry<FlowId, String> each : opened.entrySet()) {
      Session session = state.sessions().get(each.getKey());
      require(
          session != null,
          "session %s, acknowledged to request %s, is unknown to %s",
          each.getKey(),
          each.getValue(),
          leader);
      boolean revived = session != null && closed.contains(each.getKey()) && isLive(session);
      require(!revived, "session %s, acknowledged as closed, lives at %s", each.getKey(), leader);
    }
  }

  private static boolean isLive(Session session) {
    Phase phase = session.phase();
    return phase.isLive();
  }
}
