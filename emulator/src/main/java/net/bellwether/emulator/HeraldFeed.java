package net.bellwether.emulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.emulator.herald.HeraldSink;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Herald;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.wire.herald.HeraldRecords;

/// Tells one attached node of its heralds, in records, in the numbers that it and its inventory
/// gave. Calls come from the host's lock only, one at a time.
final class HeraldFeed {
  /// Some thousand records; a frame with more of them is sent in parts.
  private static final int PART_BYTES = 128 * 1024;

  private final List<Link> links;
  private final long epoch;
  private final HeraldSink sink;
  private final HeraldRecords records = new HeraldRecords();
  private Map<AttemptRequest, Numbers> numbers = Map.of();

  private record Numbers(int link, int mode, int slot) {}

  /// `links` are the node's, in the order of its inventory.
  HeraldFeed(List<Link> links, long epoch, HeraldSink sink) {
    this.links = links;
    this.epoch = epoch;
    this.sink = sink;
  }

  void schedule(List<SlottedRequest> requests) {
    Map<AttemptRequest, Numbers> replacement = new LinkedHashMap<>();
    for (SlottedRequest slotted : requests) {
      AttemptRequest request = slotted.request();
      for (int number = 0; number < links.size(); number++) {
        Link link = links.get(number);
        if (link.id().equals(request.link())) {
          replacement.putIfAbsent(
              request, new Numbers(number, modeNumber(link, request.mode()), slotted.slot()));
        }
      }
    }
    numbers = replacement;
  }

  private static int modeNumber(Link link, String mode) {
    return link.modes().stream().map(GenerationMode::name).toList().indexOf(mode);
  }

  /// Sends `batch`; `nextSequences` are those of the links after it.
  void send(HeraldBatch batch, List<Long> nextSequences) {
    List<ByteBuf> parts = new ArrayList<>();
    ByteBuf part = PooledByteBufAllocator.DEFAULT.buffer(PART_BYTES);
    for (Herald herald : batch.heralds()) {
      if (part.writableBytes() < HeraldRecords.BYTES) {
        parts.add(part);
        part = PooledByteBufAllocator.DEFAULT.buffer(PART_BYTES);
      }
      write(part, herald);
    }
    NetworkTime until = batch.completeUntil();
    for (int link = 0; link < links.size(); link++) {
      records.writeTally(part, link, nextSequences.get(link), until, epoch);
    }
    records.writeCompletion(part, until, epoch);
    parts.add(part);
    parts.forEach(sink::send);
  }

  private void write(ByteBuf out, Herald herald) {
    Numbers own = numbers.get(herald.request());
    if (own == null) {
      throw new IllegalStateException(
          "a herald on link " + herald.link() + " must be of a request that stands");
    }
    int bellIndex =
        switch (herald.bellIndex()) {
          case I -> 0;
          case X -> 1;
          case Y -> 2;
          case Z -> 3;
        };
    // As if there were a detector for each Bell state.
    records.writeHerald(
        out,
        own.link(),
        own.mode(),
        own.slot(),
        bellIndex,
        1 << bellIndex,
        herald.sequence(),
        herald.time(),
        epoch);
  }

  List<LinkId> linkIds() {
    return links.stream().map(Link::id).toList();
  }

  boolean isRead() {
    return sink.isRead();
  }

  void close() {
    sink.close();
  }
}
