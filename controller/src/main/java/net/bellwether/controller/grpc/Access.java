package net.bellwether.controller.grpc;

import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;

/// Who may call what: operators see everything, tenants their own sessions, nodes speak for
/// themselves only.
final class Access {
  private Access() {}

  /// Whose sessions a caller may see.
  sealed interface Scope {
    /// All of them.
    record Everything() implements Scope {}

    /// Those of one tenant.
    record Tenant(String name) implements Scope {}

    default boolean covers(String tenant) {
      return switch (this) {
        case Everything() -> true;
        case Tenant(String name) -> name.equals(tenant);
      };
    }
  }

  static void requireOperator(String what) {
    if (!(Callers.current() instanceof Identity.Operator)) {
      throw RpcErrors.permissionDenied(what + " is for operators");
    }
  }

  static Scope sessions() {
    return switch (Callers.current()) {
      case Identity.Operator operator -> new Scope.Everything();
      case Identity.Sae sae -> new Scope.Tenant(sae.tenant());
      case Identity.Node node -> throw noSessions();
      case Identity.Controller controller -> throw noSessions();
      case Identity.Emulator emulator -> throw noSessions();
    };
  }

  /// The tenant a session is opened for.
  static String tenant() {
    if (Callers.current() instanceof Identity.Sae sae) {
      return sae.tenant();
    }
    throw RpcErrors.permissionDenied(
        "a session belongs to a tenant: open it with the identity of one of its consumers");
  }

  static NodeId node() {
    if (Callers.current() instanceof Identity.Node node) {
      return node.node();
    }
    throw RpcErrors.permissionDenied("control streams are for node agents");
  }

  private static RuntimeException noSessions() {
    return RpcErrors.permissionDenied("sessions are for tenants and operators");
  }
}
