package net.bellwether.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

final class NatureHostTest {
  private final NatureHost host = new NatureHost(new Nature(TestNetwork.NETWORK, 1, 1, 100));

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
