package net.bellwether.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bellwether.agent.stream.Pki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NodeAgentMainTest {
  @TempDir private Path directory;
  private final StringWriter err = new StringWriter();

  private int run(String yaml) throws IOException {
    Path config = Files.writeString(directory.resolve("b.yaml"), yaml);
    return new CommandLine(new NodeAgentMain())
        .setErr(new PrintWriter(err))
        .execute("--config", config.toString());
  }

  @Test
  void mistakesInTheConfigurationEndWithCode2() throws IOException {
    assertThat(run("node: b")).isEqualTo(2);
    assertThat(err.toString()).contains("b.yaml: stateDirectory: is missing");
  }

  @Test
  void addressThatIsTakenEndsWithCode1AndOneLine() throws IOException {
    Pki pki = new Pki(directory);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              """
              node: b
              stateDirectory: state
              identity: "%s"
              controller: 127.0.0.1:1
              device: {driver: emulated, endpoint: "127.0.0.1:1"}
              peerListen: 127.0.0.1:%d
              """
                  .formatted(pki.node("b").directory(), taken.getLocalPort()));
      assertThat(code).isEqualTo(1);
      assertThat(err.toString()).contains("is already in use");
    }
  }
}
