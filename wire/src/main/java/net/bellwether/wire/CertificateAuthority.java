package net.bellwether.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/// A small certificate authority in a directory: `ca.pem` and `ca-key.pem` (readable by its owner
/// only). For demonstrations and small networks; a larger one brings certificates of the same form
/// from its own authority. Keys are EC P-256.
public final class CertificateAuthority {
  private static final Duration CA_VALIDITY = Duration.ofDays(3650);
  private static final Duration VALIDITY = Duration.ofDays(90);

  /// A certificate that ends sooner is issued anew.
  private static final Duration RENEWAL = Duration.ofDays(30);

  /// Clocks of two hosts may differ by this much.
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  private final String trustDomain;
  private final X509Certificate certificate;
  private final PrivateKey key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  private CertificateAuthority(
      String trustDomain, X509Certificate certificate, PrivateKey key, InstantSource clock) {
    this.trustDomain = trustDomain;
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
  }

  /// The authority in `directory`, made at the first call.
  ///
  /// @throws IllegalArgumentException where the directory holds the authority of another domain, or
  ///   damaged files
  public static CertificateAuthority openOrCreate(Path directory, String trustDomain) {
    return openOrCreate(directory, trustDomain, InstantSource.system());
  }

  static CertificateAuthority openOrCreate(
      Path directory, String trustDomain, InstantSource clock) {
    Path certificateFile = directory.resolve("ca.pem");
    Path keyFile = directory.resolve("ca-key.pem");
    X500Name name = name(trustDomain, "Bellwether CA of " + trustDomain);
    try {
      PemFiles.createPrivateDirectory(directory);
      if (!Files.exists(keyFile)) {
        create(name, certificateFile, keyFile, clock);
      }
      X509Certificate certificate = TlsContexts.certificates(certificateFile).getFirst();
      if (!name.equals(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()))) {
        throw new IllegalArgumentException(
            "directory %s holds the authority \"%s\", not that of trust domain %s"
                .formatted(directory, certificate.getSubjectX500Principal(), trustDomain));
      }
      return new CertificateAuthority(
          trustDomain, certificate, PemFiles.readPrivateKey(keyFile), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "certificate authority in " + directory + ": " + e.getMessage(), e);
    }
  }

  /// Certificate, key and trust anchor of `identity` in `directory`. What is there stays where it
  /// is this authority's, of this identity, and good for another 30 days.
  ///
  /// @param hosts names and addresses that the certificate is for beside this machine's own
  ///   loopback
  /// @throws IllegalArgumentException where the identity is of another trust domain
  public TlsFiles issue(Identity identity, Path directory, String... hosts) {
    return issue(identity.trustDomain(), List.of(identity), directory, List.of(hosts));
  }

  /// As issue, with any number of identities: tests make certificates that must be refused.
  TlsFiles issue(String domain, List<Identity> identities, Path directory, List<String> hosts) {
    if (!domain.equals(trustDomain)) {
      throw new IllegalArgumentException(
          "trust domain (%s) of an identity must be that of the authority, %s"
              .formatted(domain, trustDomain));
    }
    TlsFiles files = new TlsFiles(directory);
    try {
      if (!isCurrent(files, identities, hosts)) {
        KeyPair pair = generate();
        PemFiles.createPrivateDirectory(directory);
        PemFiles.writePrivateKey(files.privateKey(), pair.getPrivate());
        PemFiles.writeCertificates(files.trust(), certificate);
        // Last: a run that ends before leaves a pair that isCurrent refuses.
        PemFiles.writeCertificates(files.certificate(), sign(pair, identities, hosts));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("identity in " + directory + ": " + e.getMessage(), e);
    }
  }

  private boolean isCurrent(TlsFiles files, List<Identity> identities, List<String> hosts) {
    if (!Files.exists(files.certificate())
        || !Files.exists(files.privateKey())
        || !Files.exists(files.trust())) {
      return false;
    }
    try {
      X509Certificate present = TlsContexts.certificates(files.certificate()).getFirst();
      present.verify(certificate.getPublicKey());
      return identities.equals(List.of(Identity.ofCertificate(present)))
          && hostsOf(present).containsAll(hosts)
          && TlsContexts.certificates(files.trust()).equals(List.of(certificate))
          && PemFiles.belongTogether(present, PemFiles.readPrivateKey(files.privateKey()))
          && present.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWAL));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException _) {
      return false;
    }
  }

  /// Its names, of whatever kind.
  private static List<String> hostsOf(X509Certificate certificate)
      throws CertificateParsingException {
    return certificate.getSubjectAlternativeNames().stream()
        .map(name -> String.valueOf(name.get(1)))
        .toList();
  }

  private X509Certificate sign(KeyPair pair, List<Identity> identities, List<String> hosts) {
    X500Name subject =
        name(
            trustDomain,
            identities.isEmpty() ? "nobody" : identities.getFirst().uri().getPath().substring(1));
    Instant now = clock.instant();
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
              new BigInteger(SERIAL_BITS, random),
              Date.from(now.minus(CLOCK_TOLERANCE)),
              Date.from(now.plus(VALIDITY)),
              subject,
              pair.getPublic());
      var extensions = new JcaX509ExtensionUtils();
      List<GeneralName> names = new ArrayList<>();
      for (Identity identity : identities) {
        names.add(
            new GeneralName(GeneralName.uniformResourceIdentifier, identity.uri().toString()));
      }
      names.add(new GeneralName(GeneralName.dNSName, "localhost"));
      names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
      for (String host : hosts) {
        boolean address = IPAddress.isValid(host);
        names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
      }
      add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
      add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      add(
          builder,
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      add(
          builder,
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
      add(
          builder,
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(certificate));
      return complete(builder, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a certificate: " + e.getMessage(), e);
    }
  }

  private static void create(X500Name name, Path certificateFile, Path keyFile, InstantSource clock)
      throws IOException {
    KeyPair pair = generate();
    Instant now = clock.instant();
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, new SecureRandom()),
              Date.from(now.minus(CLOCK_TOLERANCE)),
              Date.from(now.plus(CA_VALIDITY)),
              name,
              pair.getPublic());
      add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
      add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      add(
          builder,
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      PemFiles.writeCertificates(certificateFile, complete(builder, pair.getPrivate()));
      PemFiles.writePrivateKey(keyFile, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make an authority: " + e.getMessage(), e);
    }
  }

  private static void add(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier extension,
      boolean critical,
      ASN1Encodable value) {
    try {
      builder.addExtension(extension, critical, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509Certificate complete(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e.getMessage(), e);
    }
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no EC P-256: " + e.getMessage(), e);
    }
  }

  private static X500Name name(String trustDomain, String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, trustDomain)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }
}
