package net.bellwether.benchmarks.herald;

import io.netty.buffer.ByteBuf;
import java.util.List;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.herald.Numbering;
import net.bellwether.agent.herald.SlotTable;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.wire.herald.HeraldRecords;

/// A device with one link and one standing request, whose heralds follow each other by a
/// microsecond.
final class Device {
  static final Numbering NUMBERING =
      new Numbering(1, List.of(LinkId.of("link")), List.of(List.of("mode")));

  private static final long MICROSECOND_PICOS = 1_000_000;
  private static final long HERALDS_PER_FRAME = NetworkTime.FRAME_PICOS / MICROSECOND_PICOS;

  final SlotTable slots = new SlotTable(NUMBERING);
  private final HeraldRecords records = new HeraldRecords();
  private final int slot;
  private long sequence;

  Device() {
    AttemptRequest request =
        new AttemptRequest(
            LinkId.of("link"),
            FlowId.of("flow"),
            1,
            0,
            "mode",
            1,
            0,
            0,
            new Rounds(0, NetworkTime.FRAME_PICOS, NetworkTime.FRAME_PICOS, 1));
    slot = slots.replace(List.of(request)).getFirst().number();
  }

  void herald(ByteBuf out) {
    records.writeHerald(out, 0, 0, slot, (int) (sequence & 3), 1, sequence, now(), 1);
    sequence++;
  }

  void complete(ByteBuf out) {
    records.writeCompletion(out, now(), 1);
  }

  private NetworkTime now() {
    return new NetworkTime(
        1 + sequence / HERALDS_PER_FRAME, sequence % HERALDS_PER_FRAME * MICROSECOND_PICOS);
  }
}
