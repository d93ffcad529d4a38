package net.bellwether.wire;

import io.netty.handler.ssl.SslContext;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Mutual TLS for byte streams that are no gRPC: the same files, protocol and trust.
public final class TlsStreams {
  private TlsStreams() {}

  /// For a server; its clients' identities are for the caller to judge, by `peer`.
  ///
  /// @throws IllegalArgumentException where the TLS files are not usable
  public static SslContext server(TlsFiles tls) {
    return TlsContexts.streamServer(tls);
  }

  /// For a client of servers of our own trust domain that `expectedPeer` accepts.
  ///
  /// @throws IllegalArgumentException where the TLS files are not usable
  public static SslContext client(TlsFiles tls, Predicate<Identity> expectedPeer) {
    return TlsContexts.streamClient(tls, expectedPeer);
  }

  /// Who is at the other end of a session whose handshake is done.
  ///
  /// @throws IllegalArgumentException where its certificate is no identity of our trust domain
  public static Identity peer(SSLSession session, TlsFiles own) {
    Certificate[] chain;
    try {
      chain = session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalArgumentException("the peer showed no certificate", e);
    }
    if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
      throw new IllegalArgumentException("the peer showed no certificate");
    }
    Identity peer = Identity.ofCertificate(certificate);
    String domain = TlsContexts.ownIdentity(own).trustDomain();
    if (!peer.trustDomain().equals(domain)) {
      throw new IllegalArgumentException(
          "trust domain (%s) must be %s".formatted(peer.trustDomain(), domain));
    }
    return peer;
  }
}
