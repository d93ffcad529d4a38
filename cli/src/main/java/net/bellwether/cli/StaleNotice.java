package net.bellwether.cli;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.io.PrintWriter;
import net.bellwether.wire.Relay;

/// Says so where a controller answers from memory, because none leads.
final class StaleNotice implements ClientInterceptor {
  private final PrintWriter err;

  StaleNotice(PrintWriter err) {
    this.err = err;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(new Reader<>(listener), headers);
      }
    };
  }

  private final class Reader<A>
      extends ForwardingClientCallListener.SimpleForwardingClientCallListener<A> {
    Reader(ClientCall.Listener<A> listener) {
      super(listener);
    }

    @Override
    public void onHeaders(Metadata headers) {
      String seconds = headers.get(Relay.STALE_SECONDS);
      if (seconds != null) {
        err.printf(
            "warning: no controller that leads can be reached, for %s s at least; this is the state as"
                + " last known, nothing of what is measured%n",
            seconds);
        err.flush();
      }
      super.onHeaders(headers);
    }
  }
}
