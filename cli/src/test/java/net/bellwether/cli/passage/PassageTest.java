package net.bellwether.cli.passage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over real sockets: `near` is who enters the passage, `far` the program at its end.
@Timeout(20)
class PassageTest {
  private static final Duration DELAY = Duration.ofMillis(60);

  /// How long a silence is listened to: an eternity on a loopback interface.
  private static final int SILENCE_MILLIS = 100;

  private static final int MANY_BYTES = 48 << 20;

  private ServerSocket program;
  private Passage passage;

  @BeforeEach
  void open() throws IOException {
    program = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    passage = Passage.to("127.0.0.1:" + program.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    passage.close();
    program.close();
  }

  @Test
  void bytesPassBothWays() throws IOException {
    carriesBothWays();
  }

  @Test
  void oneEndMayEndBeforeTheOther() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      say(near, "last words");
      near.shutdownOutput();
      assertThat(new String(far.getInputStream().readAllBytes(), UTF_8)).isEqualTo("last words");
      say(far, "heard");
      far.shutdownOutput();
      assertThat(new String(near.getInputStream().readAllBytes(), UTF_8)).isEqualTo("heard");
    }
  }

  @Test
  void cutHoldsBytesUntilThePassageIsOpen() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      passage.cut();
      say(near, "to");
      say(far, "fro");
      hearsNothing(far);
      hearsNothing(near);
      passage.open();
      assertThat(hear(far, 2)).isEqualTo("to");
      assertThat(hear(near, 3)).isEqualTo("fro");
    }
  }

  @Test
  void moreThanACutHoldsPassesUnchanged() throws Exception {
    byte[] many = new byte[MANY_BYTES];
    for (int index = 0; index < many.length; index++) {
      many[index] = (byte) (index % 251);
    }
    try (Socket near = enter();
        Socket far = program.accept();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      passage.cut();
      Future<?> sender =
          threads.submit(() -> {
            near.getOutputStream().write(many);
            return null;
          });
      hearsNothing(far);
      assertThat(sender).isNotDone();
      passage.open();
      assertThat(far.getInputStream().readNBytes(many.length)).isEqualTo(many);
      assertThat(sender).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void cutHoldsTheEndOfAConnection() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      passage.cut();
      far.shutdownOutput();
      hearsNothing(near);
      passage.open();
      assertThat(near.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whoEntersDuringACutIsHeardOnceThePassageIsOpen() throws IOException {
    passage.cut();
    try (Socket near = enter()) {
      say(near, "to");
      program.setSoTimeout(SILENCE_MILLIS);
      assertThatThrownBy(program::accept).isInstanceOf(SocketTimeoutException.class);
      program.setSoTimeout(0);
      passage.open();
      try (Socket far = program.accept()) {
        assertThat(hear(far, 2)).isEqualTo("to");
      }
    }
  }

  @Test
  void delayIsKeptBothWays() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      passage.delay(DELAY);
      long said = System.nanoTime();
      say(near, "to");
      assertThat(hear(far, 2)).isEqualTo("to");
      assertThat(Duration.ofNanos(System.nanoTime() - said)).isGreaterThanOrEqualTo(DELAY);
      long answered = System.nanoTime();
      say(far, "fro");
      assertThat(hear(near, 3)).isEqualTo("fro");
      assertThat(Duration.ofNanos(System.nanoTime() - answered)).isGreaterThanOrEqualTo(DELAY);
    }
  }

  @Test
  void resetBreaksBothEnds() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      say(near, "to");
      assertThat(hear(far, 2)).isEqualTo("to");
      passage.reset();
      isBroken(near);
      isBroken(far);
    }
  }

  @Test
  void resetBreaksConnectionsThatAreCut() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      passage.cut();
      say(near, "to");
      passage.reset();
      isBroken(near);
      isBroken(far);
    }
  }

  @Test
  void passageIsThereAfterAReset() throws IOException {
    try (Socket _ = enter();
        Socket _ = program.accept()) {
      passage.reset();
    }
    carriesBothWays();
  }

  @Test
  void brokenConnectionBreaksAtTheOtherEnd() throws IOException {
    try (Socket near = enter()) {
      try (Socket far = program.accept()) {
        far.setSoLinger(true, 0);
      }
      isBroken(near);
    }
  }

  @Test
  void deadProgramLooksDead() throws IOException {
    program.close();
    try (Socket near = enter()) {
      isBroken(near);
    }
  }

  @Test
  void programThatIsStartedAgainIsReached() throws IOException {
    int port = program.getLocalPort();
    program.close();
    try (Socket near = enter()) {
      isBroken(near);
    }
    program = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    carriesBothWays();
  }

  @Test
  void nothingRunsOnceItIsClosed() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      passage.cut();
      say(near, "held");
      // Waits for its threads.
      passage.close();
      isBroken(near);
      isBroken(far);
    }
    assertThatThrownBy(this::enter).isInstanceOf(ConnectException.class);
  }

  private void carriesBothWays() throws IOException {
    try (Socket near = enter();
        Socket far = program.accept()) {
      say(near, "to");
      assertThat(hear(far, 2)).isEqualTo("to");
      say(far, "fro");
      assertThat(hear(near, 3)).isEqualTo("fro");
    }
  }

  private Socket enter() throws IOException {
    String endpoint = passage.endpoint();
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1))));
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String hear(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
  }

  private static void hearsNothing(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(0);
  }

  private static void isBroken(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }
}
