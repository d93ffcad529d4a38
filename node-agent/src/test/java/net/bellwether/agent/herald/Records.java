package net.bellwether.agent.herald;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.wire.herald.HeraldRecords;

/// Records of a device with the links "ab" and "bc", written one after the other. Times are
/// picoseconds in frame 5.
public final class Records {
  public static final long EPOCH = 3;
  public static final Numbering NUMBERING =
      new Numbering(
          EPOCH,
          List.of(LinkId.of("ab"), LinkId.of("bc")),
          List.of(List.of("m"), List.of("dim", "m")));

  public final ByteBuf bytes = Unpooled.buffer();
  private final HeraldRecords writer = new HeraldRecords();

  static AttemptRequest request(String link, long generation) {
    return new AttemptRequest(
        LinkId.of(link),
        FlowId.of("f"),
        generation,
        0,
        "m",
        4,
        7,
        0,
        new Rounds(0, 5_000, 6_000, 3));
  }

  private static NetworkTime at(long picos) {
    return new NetworkTime(5, picos);
  }

  Records herald(int link, int slot, long sequence) {
    return herald(link, slot, sequence, EPOCH);
  }

  Records herald(int link, int slot, long sequence, long epoch) {
    writer.writeHerald(bytes, link, link, slot, 2, 0, sequence, at(sequence), epoch);
    return this;
  }

  public Records tally(int link, long next) {
    writer.writeTally(bytes, link, next, at(next), EPOCH);
    return this;
  }

  public Records complete(long frame) {
    writer.writeCompletion(bytes, NetworkTime.startOfFrame(frame), EPOCH);
    return this;
  }

  /// What was written since the last call.
  ByteBuf take() {
    ByteBuf taken = bytes.copy();
    bytes.clear();
    return taken;
  }
}
