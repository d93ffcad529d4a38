package net.bellwether.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NatureHostTest {
  private final HeraldServer heralds =
      HeraldServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          true,
          new TlsFiles(Path.of("unused")));
  private final NatureHost host =
      new NatureHost(new Nature(TestNetwork.NETWORK, 1, 1, 100), heralds);

  @AfterEach
  void stop() {
    heralds.close();
  }

  @Test
  void aNodeThatDoesNotReadIsDropped() {
    UnreadStream stream = new UnreadStream();
    Attachment attachment = host.attach(NodeId.of("a"), stream);
    for (long frame = 101; frame <= 120; frame++) {
      host.tick(frame);
    }
    assertThat(stream.ended).isSameAs(Status.OK);
    host.tick(121);
    assertThat(stream.ended.getDescription()).contains("node a did not read for 2 s");
    assertThat(host.detach(attachment)).isFalse();
  }
}
