package net.bellwether.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final String DOMAIN = "qit.test";
  private static final Identity NODE = new Identity.Node(DOMAIN, NodeId.of("chicago"));

  @TempDir private Path directory;

  @Test
  void keysAreReadableByTheirOwnerOnly() throws IOException {
    TlsFiles files = open(InstantSource.system()).issue(NODE, directory.resolve("node"));
    for (Path key : new Path[] {directory.resolve("ca/ca-key.pem"), files.privateKey()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("ca"))))
        .isEqualTo("rwx------");
  }

  @Test
  void issuedCertificateCarriesTheIdentity() {
    TlsFiles files = open(InstantSource.system()).issue(NODE, directory.resolve("node"));
    assertThat(TlsContexts.ownIdentity(files)).isEqualTo(NODE);
  }

  @Test
  void certificateNamesTheHostsAskedForAndIsIssuedAnewForMore() throws Exception {
    CertificateAuthority authority = open(InstantSource.system());
    TlsFiles files = authority.issue(NODE, directory.resolve("node"), "10.1.2.3");
    assertThat(hosts(files)).contains("localhost", "127.0.0.1", "10.1.2.3");
    byte[] before = Files.readAllBytes(files.certificate());
    authority.issue(NODE, directory.resolve("node"), "10.1.2.3");
    assertThat(Files.readAllBytes(files.certificate())).isEqualTo(before);
    authority.issue(NODE, directory.resolve("node"), "10.1.2.3", "node.example");
    assertThat(hosts(files)).contains("10.1.2.3", "node.example");
  }

  private static List<Object> hosts(TlsFiles files) throws Exception {
    return TlsContexts.certificates(files.certificate())
        .getFirst()
        .getSubjectAlternativeNames()
        .stream()
        .<Object>map(name -> name.get(1))
        .toList();
  }

  @Test
  void issuingAgainChangesNothing() throws IOException {
    TlsFiles files = open(InstantSource.system()).issue(NODE, directory.resolve("node"));
    byte[] before = Files.readAllBytes(files.certificate());
    open(InstantSource.system()).issue(NODE, directory.resolve("node"));
    assertThat(Files.readAllBytes(files.certificate())).isEqualTo(before);
  }

  @Test
  void certificateThatExpiresSoonIsIssuedAnew() throws IOException {
    InstantSource earlier = InstantSource.fixed(Instant.now().minus(Duration.ofDays(61)));
    TlsFiles files = open(earlier).issue(NODE, directory.resolve("node"));
    byte[] before = Files.readAllBytes(files.certificate());
    open(InstantSource.system()).issue(NODE, directory.resolve("node"));
    assertThat(Files.readAllBytes(files.certificate())).isNotEqualTo(before);
  }

  @Test
  void certificateWhoseKeyIsAnotherIsIssuedAnew() throws IOException {
    CertificateAuthority authority = open(InstantSource.system());
    TlsFiles files = authority.issue(NODE, directory.resolve("node"));
    TlsFiles other = authority.issue(NODE, directory.resolve("other"));
    Files.copy(other.privateKey(), files.privateKey(), StandardCopyOption.REPLACE_EXISTING);
    byte[] before = Files.readAllBytes(files.certificate());
    authority.issue(NODE, directory.resolve("node"));
    assertThat(Files.readAllBytes(files.certificate())).isNotEqualTo(before);
  }

  @Test
  void identityOfAnotherDomainIsRefused() {
    assertThatThrownBy(() ->
            open(InstantSource.system())
                .issue(new Identity.Operator("other.test", "eve"), directory.resolve("eve")))
        .hasMessage(
            "trust domain (other.test) of an identity must be that of the authority, qit.test");
  }

  @Test
  void authorityOfAnotherDomainIsRefused() {
    open(InstantSource.system());
    assertThatThrownBy(
            () -> CertificateAuthority.openOrCreate(directory.resolve("ca"), "other.test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not that of trust domain other.test");
  }

  private CertificateAuthority open(InstantSource clock) {
    return CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN, clock);
  }
}
