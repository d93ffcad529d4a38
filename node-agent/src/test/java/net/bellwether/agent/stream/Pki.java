package net.bellwether.agent.stream;

import java.nio.file.Path;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// Identities of a test network.
public final class Pki {
  private static final String DOMAIN = "example";

  private final Path directory;
  private final CertificateAuthority authority;

  public Pki(Path directory) {
    this.directory = directory;
    this.authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
  }

  public TlsFiles node(String name) {
    return issue("node-" + name, new Identity.Node(DOMAIN, NodeId.of(name)));
  }

  public TlsFiles emulator() {
    return issue("emulator", new Identity.Emulator(DOMAIN, 1));
  }

  public TlsFiles controller() {
    return issue("controller", new Identity.Controller(DOMAIN, 1));
  }

  public TlsFiles operator() {
    return issue("operator", new Identity.Operator(DOMAIN, "ops"));
  }

  public TlsFiles sae(String tenant, String app) {
    return issue("sae-" + tenant + "-" + app, new Identity.Sae(DOMAIN, tenant, app));
  }

  private TlsFiles issue(String name, Identity identity) {
    return authority.issue(identity, directory.resolve(name));
  }
}
