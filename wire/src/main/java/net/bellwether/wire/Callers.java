package net.bellwether.wire;

import io.grpc.Context;
import org.jspecify.annotations.Nullable;

/// Who calls, inside a service method.
public final class Callers {
  static final Context.Key<Identity> CALLER = Context.key("bellwether-caller");

  private Callers() {}

  /// Identity from the caller's certificate.
  ///
  /// @throws IllegalStateException outside a call that came through GrpcServers, or on a thread
  ///   that does not carry the call's Context
  public static Identity current() {
    @Nullable Identity caller = CALLER.get();
    if (caller == null) {
      throw new IllegalStateException("there is no caller: this thread serves no call");
    }
    return caller;
  }
}
