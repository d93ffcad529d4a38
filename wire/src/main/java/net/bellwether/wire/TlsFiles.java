package net.bellwether.wire;

import java.nio.file.Path;

/// A program's TLS identity as files in one directory: `cert.pem` (its chain, own certificate
/// first), `key.pem` (private key, PKCS#8) and `ca.pem` (whom it believes).
public record TlsFiles(Path directory) {
  /// Who its certificate says the program is.
  ///
  /// @throws IllegalArgumentException if the certificate cannot be read or names no identity
  public Identity identity() {
    return TlsContexts.ownIdentity(this);
  }

  public Path certificate() {
    return directory.resolve("cert.pem");
  }

  public Path privateKey() {
    return directory.resolve("key.pem");
  }

  public Path trust() {
    return directory.resolve("ca.pem");
  }
}
