package net.bellwether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachinesTest {
  private static final int SILENCE_MILLIS = 300;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int LARGE_BYTES = 256 << 10;

  @TempDir private Path directory;
  private Machines machines;
  private Program echo;
  private Socket socket;

  @BeforeEach
  void start() throws IOException {
    try {
      machines = Machines.create(2);
    } catch (IllegalStateException e) {
      abort("machines of their own are not possible here: " + e.getMessage());
    }
    String host = machines.host(2);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java, "-cp", System.getProperty("java.class.path"), EchoProcess.class.getName(), host);
    echo = Program.start("echo", machines.on(2, command), directory.resolve("echo.log"));
    String endpoint = echo.awaitLine("echo listening on ", Duration.ofSeconds(30));
    int port = Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1));
    socket = new Socket();
    socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void stop() throws IOException {
    if (socket != null) {
      socket.close();
    }
    if (echo != null) {
      echo.kill();
    }
    if (machines != null) {
      machines.close();
    }
  }

  @Test
  void cutWireHoldsWhatIsSaidUntilItIsJoinedAgain() throws IOException {
    assertThat(echo(1)).isEqualTo(1);
    machines.cut(2);
    socket.getOutputStream().write(2);
    assertNothingComes();
    machines.cut(1);
    machines.join(2);
    assertThat(socket.getInputStream().read()).isEqualTo(2);
  }

  @Test
  void throttledWireLetsNoMoreThroughThanItsRate() throws Exception {
    machines.throttle(2, 1_000);
    long began = System.nanoTime();
    Thread writing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                socket.getOutputStream().write(new byte[LARGE_BYTES]);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(socket.getInputStream().readNBytes(LARGE_BYTES)).hasSize(LARGE_BYTES);
    writing.join();
    // 256 KiB at a megabit a second are two seconds, less what passes at once.
    assertThat(System.nanoTime() - began).isGreaterThan(Duration.ofSeconds(1).toNanos());
    machines.unthrottle(2);
    assertThat(echo(3)).isEqualTo(3);
  }

  @Test
  void wireThatLosesEveryPacketLetsNothingThrough() throws IOException {
    assumeTrue(machines.canLosePackets(), "nft is not installed");
    machines.lose(2, 100);
    socket.getOutputStream().write(4);
    assertNothingComes();
    machines.lose(2, 0);
    assertThat(socket.getInputStream().read()).isEqualTo(4);
    machines.lose(2, 20);
    assertThat(echo(5)).isEqualTo(5);
  }

  @Test
  void signalsReachTheProgramOnItsMachine() {
    assertThat(ProcessHandle.of(echo.pid()).orElseThrow().info().command().orElseThrow())
        .endsWith("java");
    echo.kill();
    assertThatThrownBy(() -> echo(6)).isInstanceOf(IOException.class);
  }

  private int echo(int value) throws IOException {
    socket.getOutputStream().write(value);
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new IOException("the connection has ended");
    }
    return answer;
  }

  private void assertNothingComes() throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }
}
