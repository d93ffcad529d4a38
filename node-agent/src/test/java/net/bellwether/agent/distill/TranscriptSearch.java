package net.bellwether.agent.distill;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bellwether.agent.engine.DeliveredPair;

/// Looks for runs of outcome bits in frames: at any bit offset, packed either way, or a byte each.
final class TranscriptSearch {
  private TranscriptSearch() {}

  /// `length` where some `length` consecutive outcomes stand in some frame, else 0.
  static int longestRun(List<byte[]> frames, List<DeliveredPair> outcomes, int length) {
    Set<Long> runs = new HashSet<>();
    long window = 0;
    long mask = (1L << length) - 1;
    for (int i = 0; i < outcomes.size(); i++) {
      window = ((window << 1) | (outcomes.get(i).bit() ? 1 : 0)) & mask;
      if (i >= length - 1) {
        runs.add(window);
      }
    }
    for (byte[] frame : frames) {
      if (contains(frame, runs, length)) {
        return length;
      }
    }
    return 0;
  }

  private static boolean contains(byte[] frame, Set<Long> runs, int length) {
    long mask = (1L << length) - 1;
    long low = 0;
    long high = 0;
    long bytes = 0;
    for (int bit = 0; bit < frame.length * 8; bit++) {
      low = ((low << 1) | ((frame[bit / 8] >>> (bit % 8)) & 1)) & mask;
      high = ((high << 1) | ((frame[bit / 8] >>> (7 - bit % 8)) & 1)) & mask;
      if (bit >= length - 1 && (runs.contains(low) || runs.contains(high))) {
        return true;
      }
    }
    int run = 0;
    for (byte value : frame) {
      run = value == 0 || value == 1 ? run + 1 : 0;
      bytes = ((bytes << 1) | (value & 1)) & mask;
      if (run >= length && runs.contains(bytes)) {
        return true;
      }
    }
    return false;
  }
}
