package net.bellwether.controller.state;

import net.bellwether.topology.id.FlowId;

/// A tenant's intent, kept until closed. `id` is also the name of its flow; `requestId` makes
/// opening idempotent within the tenant; `shortfall` is a sentence on what the network cannot keep,
/// empty unless DEGRADED.
public record Session(
    FlowId id,
    long number,
    String tenant,
    String requestId,
    SessionRequest request,
    double promisedPairsPerSecond,
    Phase phase,
    String shortfall) {
  public Session in(Phase next, String nextShortfall) {
    return new Session(
        id, number, tenant, requestId, request, promisedPairsPerSecond, next, nextShortfall);
  }
}
