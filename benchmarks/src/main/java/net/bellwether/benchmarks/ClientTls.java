package net.bellwether.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.bellwether.wire.TlsFiles;

/// A consumer's TLS for the HTTP client of the JDK.
final class ClientTls {
  private ClientTls() {}

  static SSLContext context(TlsFiles files) throws IOException, GeneralSecurityException {
    CertificateFactory x509 = CertificateFactory.getInstance("X.509");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    try (InputStream chain = Files.newInputStream(files.certificate())) {
      Certificate[] certificates = x509.generateCertificates(chain).toArray(Certificate[]::new);
      own.setKeyEntry("own", privateKey(files), new char[0], certificates);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream authorities = Files.newInputStream(files.trust())) {
      int number = 0;
      for (Certificate authority : x509.generateCertificates(authorities)) {
        trusted.setCertificateEntry("ca" + number++, authority);
      }
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static PrivateKey privateKey(TlsFiles files)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(files.privateKey());
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
