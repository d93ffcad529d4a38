package net.bellwether.wire;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// TLS 1.3 with certificates at both ends, on BoringSSL where its native library is there.
final class TlsContexts {
  /// The hybrid group first: what is recorded today must not be readable to a quantum computer.
  private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "secp256r1"};

  private TlsContexts() {}

  static SslContext server(TlsFiles tls) {
    return build(tls, grpc(serverBuilder(tls)), _ -> true);
  }

  static SslContext streamServer(TlsFiles tls) {
    return build(tls, serverBuilder(tls).sslProvider(provider()), _ -> true);
  }

  private static SslContextBuilder serverBuilder(TlsFiles tls) {
    return SslContextBuilder.forServer(privateKey(tls), chain(tls)).clientAuth(ClientAuth.REQUIRE);
  }

  static SslContext client(TlsFiles tls, Predicate<Identity> expectedPeer) {
    Predicate<Identity> peers = ofOurDomain(tls, expectedPeer);
    return build(tls, grpc(clientBuilder(tls)), peers);
  }

  /// Like `client`, for a stream of other bytes than gRPC's. Names of hosts are not looked at.
  static SslContext streamClient(TlsFiles tls, Predicate<Identity> expectedPeer) {
    Predicate<Identity> peers = ofOurDomain(tls, expectedPeer);
    return build(
        tls,
        clientBuilder(tls).sslProvider(provider()).endpointIdentificationAlgorithm(null),
        peers);
  }

  /// For servers of other make, which have no identity of ours: the name of the host is what is
  /// checked, beside the chain.
  static SslContext hostNameClient(TlsFiles tls) {
    X509Certificate[] trusted = certificates(tls.trust()).toArray(X509Certificate[]::new);
    return build(tls, grpc(clientBuilder(tls)).trustManager(trusted));
  }

  private static SslContextBuilder clientBuilder(TlsFiles tls) {
    return SslContextBuilder.forClient().keyManager(privateKey(tls), chain(tls));
  }

  private static Predicate<Identity> ofOurDomain(TlsFiles tls, Predicate<Identity> expectedPeer) {
    String domain = ownIdentity(tls).trustDomain();
    return peer -> peer.trustDomain().equals(domain) && expectedPeer.test(peer);
  }

  private static SslContextBuilder grpc(SslContextBuilder builder) {
    return GrpcSslContexts.configure(builder, provider());
  }

  private static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  /// The identity in a program's own certificate.
  static Identity ownIdentity(TlsFiles tls) {
    return Identity.ofCertificate(certificates(tls.certificate()).getFirst());
  }

  static List<X509Certificate> certificates(Path pem) {
    try (InputStream in = Files.newInputStream(existing(pem))) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IllegalArgumentException("file " + pem + " holds no certificate");
      }
      return all.stream().map(X509Certificate.class::cast).toList();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "file " + pem + " must hold certificates in PEM form: " + e.getMessage(), e);
    }
  }

  private static SslContext build(
      TlsFiles tls, SslContextBuilder builder, Predicate<Identity> peer) {
    return build(tls, builder.trustManager(trust(tls.trust(), peer)));
  }

  private static SslContext build(TlsFiles tls, SslContextBuilder builder) {
    try {
      builder.protocols("TLSv1.3");
      if (OpenSsl.isAvailable()) {
        builder.option(OpenSslContextOption.GROUPS, GROUPS);
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "TLS files in " + tls.directory() + " are not usable: " + e.getMessage(), e);
    }
  }

  private static TrustManager trust(Path ca, Predicate<Identity> peer) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int index = 0;
      for (X509Certificate certificate : certificates(ca)) {
        store.setCertificateEntry("ca-" + index++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager chain) {
          return new PeerTrust(chain, peer);
        }
      }
      throw new IllegalStateException("this JDK has no X.509 trust manager");
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "file " + ca + " is no trust anchor: " + e.getMessage(), e);
    }
  }

  private static X509Certificate[] chain(TlsFiles tls) {
    return certificates(tls.certificate()).toArray(X509Certificate[]::new);
  }

  /// Read here and not by Netty, which would load all of Bouncy Castle to do it: a quarter of the
  /// CPU time of a short command.
  private static PrivateKey privateKey(TlsFiles tls) {
    try {
      return PemFiles.readPrivateKey(existing(tls.privateKey()));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "file " + tls.privateKey() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path existing(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "file "
              + file
              + " must be readable"
              + "\nan identity directory holds cert.pem, key.pem and ca.pem",
          new NoSuchFileException(file.toString()));
    }
    return file;
  }
}
