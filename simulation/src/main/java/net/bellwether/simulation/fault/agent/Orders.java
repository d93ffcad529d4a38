package net.bellwether.simulation.fault.agent;

import java.util.Optional;
import net.bellwether.topology.id.FlowId;
import net.bellwether.v1.ConnectResponse;

/// Orders in a line.
final class Orders {
  private Orders() {}

  /// The flow whose rules it changes.
  static Optional<FlowId> flow(ConnectResponse order) {
    return switch (order.getMessageCase()) {
      case PREPARE -> Optional.of(FlowId.of(order.getPrepare().getRuleSet().getFlow()));
      case ACTIVATE -> Optional.of(FlowId.of(order.getActivate().getFlow()));
      case REMOVE -> Optional.of(FlowId.of(order.getRemove().getFlow()));
      case HELLO, KEY_SESSION, MESSAGE_NOT_SET -> Optional.empty();
    };
  }

  static String text(ConnectResponse order) {
    String what =
        switch (order.getMessageCase()) {
          case HELLO -> "hello";
          case PREPARE ->
              "prepare %s generation %d"
                  .formatted(
                      order.getPrepare().getRuleSet().getFlow(),
                      order.getPrepare().getRuleSet().getGeneration());
          case ACTIVATE ->
              "activate %s generation %d from frame %d"
                  .formatted(
                      order.getActivate().getFlow(),
                      order.getActivate().getGeneration(),
                      order.getActivate().getFrame());
          case REMOVE ->
              "remove %s up to generation %d"
                  .formatted(order.getRemove().getFlow(), order.getRemove().getUpToGeneration());
          case KEY_SESSION ->
              "%s key session %s"
                  .formatted(
                      order.getKeySession().getClosed() ? "close" : "open",
                      order.getKeySession().getSessionId());
          case MESSAGE_NOT_SET -> "nothing";
        };
    return what + " (term " + order.getTerm() + ")";
  }
}
