package net.bellwether.agent.distill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;

/// The leading end's list of settled pairs: ids and bases, never outcomes. Pairs come in runs of
/// one origin and epoch, whose sequence numbers are told as differences: about 1.3 bytes a pair.
record Announcement(int blockKeyBits, long throughFrame, List<PairId> pairs, List<Basis> bases) {
  private static final int MOST_NAME_BYTES = 63;

  /// Where pairs come from; the part of their names that seldom changes.
  private record Origin(boolean swapped, String name, long epoch) {
    static Origin of(PairId pair) {
      return switch (pair) {
        case PairId.Elementary(LinkId link, long epoch, long sequence) ->
            new Origin(false, link.value(), epoch);
        case PairId.Swapped(NodeId node, long epoch, long counter) ->
            new Origin(true, node.value(), epoch);
      };
    }

    PairId pair(long number) {
      return swapped
          ? new PairId.Swapped(NodeId.of(name), epoch, number)
          : new PairId.Elementary(LinkId.of(name), epoch, number);
    }
  }

  byte[] frame() {
    FrameWriter writer =
        new FrameWriter(FrameType.ANNOUNCE)
            .number(blockKeyBits)
            .number(throughFrame)
            .number(pairs.size());
    SequencedMap<Origin, Long> lastNumbers = new LinkedHashMap<>();
    for (PairId pair : pairs) {
      lastNumbers.putIfAbsent(Origin.of(pair), 0L);
    }
    List<Origin> origins = List.copyOf(lastNumbers.keySet());
    writer.number(origins.size());
    for (Origin origin : origins) {
      writer.number(origin.swapped() ? 1 : 0).text(origin.name()).number(origin.epoch());
    }
    writeRuns(writer, lastNumbers, new ArrayList<>(origins));
    Bits basisBits = new Bits(2 * bases.size());
    for (Basis basis : bases) {
      basisBits.append(basis == Basis.Z);
      basisBits.append(basis == Basis.X);
    }
    return writer.bits(basisBits).frame();
  }

  private void writeRuns(
      FrameWriter writer, SequencedMap<Origin, Long> lastNumbers, List<Origin> origins) {
    int at = 0;
    while (at < pairs.size()) {
      Origin origin = Origin.of(pairs.get(at));
      int end = at + 1;
      while (end < pairs.size() && Origin.of(pairs.get(end)).equals(origin)) {
        end++;
      }
      writer.number(origins.indexOf(origin)).number(end - at);
      long last = lastNumbers.getOrDefault(origin, 0L);
      for (; at < end; at++) {
        long number = numberOf(pairs.get(at));
        writer.signed(number - last);
        last = number;
      }
      lastNumbers.put(origin, last);
    }
  }

  static Announcement read(FrameReader reader) {
    int blockKeyBits = reader.number(DistillationLimits.MOST_BLOCK_BITS, "block key bits");
    long throughFrame = reader.number();
    int count = reader.number(DistillationLimits.BATCH_PAIRS, "pairs");
    if (blockKeyBits < DistillationLimits.LEAST_BLOCK_BITS || throughFrame < 0 || count == 0) {
      throw new ProtocolViolation("announcement of nothing usable");
    }
    Origin[] origins = new Origin[reader.number(count, "origins")];
    for (int i = 0; i < origins.length; i++) {
      boolean swapped = reader.number(1, "kind of origin") == 1;
      origins[i] = new Origin(swapped, reader.text(MOST_NAME_BYTES, "name"), reader.number());
    }
    List<PairId> pairs = readRuns(reader, origins, count);
    Bits basisBits = reader.bitsExactly(2 * count, "basis bits");
    reader.end();
    List<Basis> bases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean z = basisBits.get(2 * i);
      bases.add(z ? Basis.Z : basisBits.get(2 * i + 1) ? Basis.X : Basis.Y);
    }
    return new Announcement(blockKeyBits, throughFrame, pairs, bases);
  }

  private static List<PairId> readRuns(FrameReader reader, Origin[] origins, int count) {
    long[] lastNumbers = new long[origins.length];
    List<PairId> pairs = new ArrayList<>(count);
    try {
      while (pairs.size() < count) {
        int origin = reader.number(origins.length - 1, "origin");
        int run = reader.number(count - pairs.size(), "run");
        if (run == 0) {
          throw new ProtocolViolation("empty run");
        }
        for (int i = 0; i < run; i++) {
          lastNumbers[origin] += reader.signed();
          pairs.add(origins[origin].pair(lastNumbers[origin]));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation(String.valueOf(e.getMessage()));
    }
    return pairs;
  }

  private static long numberOf(PairId pair) {
    return switch (pair) {
      case PairId.Elementary(LinkId link, long epoch, long sequence) -> sequence;
      case PairId.Swapped(NodeId node, long epoch, long counter) -> counter;
    };
  }
}
