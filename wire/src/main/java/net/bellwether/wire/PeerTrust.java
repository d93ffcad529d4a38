package net.bellwether.wire;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Believes a server whose chain leads to our authority and whose identity is the expected one.
/// Host names are not looked at: an identity moves between hosts, and a host serves several.
/// Clients are only checked for their chain here; their identity is judged call by call, where it
/// can be answered with a status.
final class PeerTrust extends X509ExtendedTrustManager {
  private final X509TrustManager chainTrust;
  private final Predicate<Identity> expectedServer;

  PeerTrust(X509TrustManager chainTrust, Predicate<Identity> expectedServer) {
    this.chainTrust = chainTrust;
    this.expectedServer = expectedServer;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chainTrust.checkServerTrusted(chain, authType);
    Identity peer;
    try {
      peer = Identity.ofCertificate(chain[0]);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("the server's " + e.getMessage(), e);
    }
    if (!expectedServer.test(peer)) {
      throw new CertificateException(
          "the server is " + peer.uri() + ", which is not who was called");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chainTrust.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chainTrust.getAcceptedIssuers();
  }
}
