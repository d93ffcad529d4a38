package net.bellwether.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bellwether.agent.AgentConfigReader.ConfigMistakes;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigReaderTest {
  private static final String GOOD =
      """
      node: a
      stateDirectory: state
      identity: id
      controller: localhost:7443
      device: {driver: emulated, endpoint: "localhost:7400"}
      peerListen: 127.0.0.1:0
      """;

  @TempDir private Path directory;

  private AgentConfig read(String yaml) throws ConfigMistakes, IOException {
    CertificateAuthority.openOrCreate(directory.resolve("ca"), "example")
        .issue(new Identity.Node("example", NodeId.of("a")), directory.resolve("id"));
    return AgentConfigReader.read(Files.writeString(directory.resolve("a.yaml"), yaml));
  }

  @Test
  void pathsStartAtTheFile() throws Exception {
    AgentConfig config = read(GOOD + "keyListen: 127.0.0.1:8443\n");
    assertThat(config.stateDirectory()).isEqualTo(directory.resolve("state"));
    assertThat(config.keyListen()).hasValueSatisfying(a -> assertThat(a.getPort()).isEqualTo(8443));
    assertThat(config.advertisedHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void everyMistakeIsToldWithFieldAndRule() {
    assertThatThrownBy(() ->
            read(
                """
                node: Not a name
                controler: x
                device: {driver: laser}
                peerListen: nowhere
                """))
        .isInstanceOf(ConfigMistakes.class)
        .hasMessageContaining("a.yaml: node: node name (Not a name) must be")
        .hasMessageContaining("controler: is not known; known are")
        .hasMessageContaining("stateDirectory: is missing")
        .hasMessageContaining("device.driver: (laser) must be one of [emulated]")
        .hasMessageContaining("peerListen: (nowhere) must be HOST:PORT");
  }

  @Test
  void certificateOfAnotherNodeIsAMistake() {
    assertThatThrownBy(() -> read(GOOD.replace("node: a", "node: b")))
        .hasMessageContaining(
            "identity: (spiffe://example/node/a) must be the certificate of node b");
  }

  @Test
  void listeningEverywhereNeedsANameToBeReachedAt() {
    assertThatThrownBy(() -> read(GOOD.replace("127.0.0.1:0", "0.0.0.0:7000")))
        .hasMessageContaining("advertisedHost: is missing");
  }

  @Test
  void documentThatIsNoMapIsAMistake() {
    assertThatThrownBy(() -> read("[1, 2]")).hasMessageContaining("must be keys and values");
  }
}
