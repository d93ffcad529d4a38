package net.bellwether.wire;

import io.grpc.Context;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/// Who calls, inside a service method.
public final class Callers {
  static final Context.Key<Identity> CALLER = Context.key("bellwether-caller");

  /// Whose call another controller hands on; believed from controllers only.
  static final Metadata.Key<String> ON_BEHALF_OF =
      Metadata.Key.of("bellwether-on-behalf-of", Metadata.ASCII_STRING_MARSHALLER);

  private Callers() {}

  /// Identity from the caller's certificate; where a controller handed the call on, of whom it
  /// serves.
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
