package net.bellwether.wire;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Puts the identity of the client's certificate into the call's Context, or refuses the call.
final class CallerInterceptor implements ServerInterceptor {
  private final String trustDomain;

  CallerInterceptor(String trustDomain) {
    this.trustDomain = trustDomain;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Identity caller;
    try {
      caller = principal(identify(call), headers);
    } catch (IllegalArgumentException | SSLPeerUnverifiedException e) {
      call.close(
          Status.UNAUTHENTICATED.withDescription("the client's " + e.getMessage()), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(
        Context.current().withValue(Callers.CALLER, caller), call, headers, next);
  }

  /// On whose behalf `caller` calls: a controller hands on the calls of others.
  private Identity principal(Identity caller, Metadata headers) {
    String other = headers.get(Callers.ON_BEHALF_OF);
    if (other == null) {
      return caller;
    }
    if (!(caller instanceof Identity.Controller)) {
      throw new IllegalArgumentException(
          "header %s must come from a controller, but came from %s"
              .formatted(Callers.ON_BEHALF_OF.originalName(), caller.uri()));
    }
    return inDomain(Identity.parse(other));
  }

  private Identity identify(ServerCall<?, ?> call) throws SSLPeerUnverifiedException {
    @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      throw new IllegalArgumentException("connection is not TLS");
    }
    Certificate[] chain = session.getPeerCertificates();
    if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
      throw new IllegalArgumentException("certificate is missing");
    }
    return inDomain(Identity.ofCertificate(certificate));
  }

  private Identity inDomain(Identity caller) {
    if (!caller.trustDomain().equals(trustDomain)) {
      throw new IllegalArgumentException(
          "trust domain (%s) must be %s".formatted(caller.trustDomain(), trustDomain));
    }
    return caller;
  }
}
