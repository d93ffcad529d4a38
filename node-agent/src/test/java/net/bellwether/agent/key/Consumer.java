package net.bellwether.agent.key;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.bellwether.wire.TlsFiles;

/// A consumer's HTTPS client, written against the standard and nothing else of ours.
final class Consumer implements AutoCloseable {
  record Answer(int status, String body, HttpResponse<String> response) {
    List<String> all(String member) {
      List<String> values = new ArrayList<>();
      Matcher matcher = Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(body);
      while (matcher.find()) {
        values.add(matcher.group(1));
      }
      return values;
    }
  }

  private final HttpClient client;

  Consumer(TlsFiles files) throws IOException, GeneralSecurityException {
    client = HttpClient.newBuilder().sslContext(context(files)).build();
  }

  private static SSLContext context(TlsFiles files) throws IOException, GeneralSecurityException {
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    Certificate[] chain;
    try (var in = Files.newInputStream(files.certificate())) {
      chain = certificates.generateCertificates(in).toArray(new Certificate[0]);
    }
    String pem = Files.readString(files.privateKey(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", key, new char[0], chain);
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keys, new char[0]);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    try (var in = Files.newInputStream(files.trust())) {
      trust.setCertificateEntry("ca", certificates.generateCertificate(in));
    }
    TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  Answer get(KeyNode node, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(node, path)).GET().build());
  }

  Answer post(KeyNode node, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(node, path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Answer send(HttpRequest request) throws Exception {
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), response.body(), response);
  }

  static URI uri(KeyNode node, String path) {
    return URI.create("https://" + node.keyEndpoint() + "/api/v1/keys/" + path);
  }

  @Override
  public void close() {
    client.close();
  }
}
