package net.bellwether.simulation.run;

import java.util.TreeMap;
import net.bellwether.topology.time.NetworkTime;

/// How many qubits of one node hold a half of a pair: on average, exactly, and at most, looked at
/// every 0.1 ms. Rounds end within their frame, so no pair is held from one frame to the next.
final class QubitUse {
  private static final int INSTANTS = 1_000;
  private static final long INSTANT_PICOS = NetworkTime.FRAME_PICOS / INSTANTS;

  /// By then every round is settled and its last qubit released.
  private static final long OPEN_FRAMES = 30;

  /// Changes of the count from instant to instant, of frames that may still change.
  private final TreeMap<Long, int[]> changesByFrame = new TreeMap<>();

  private int most;

  // Sums of picoseconds wrap around; their difference does not.
  private long pairPicos;
  private long frames;

  void taken(NetworkTime at) {
    pairPicos -= at.picos();
    change(at.frame(), instantFrom(at.picos()), 1);
  }

  void freed(NetworkTime at) {
    boolean atFrameEnd = at.picos() == 0;
    long frame = atFrameEnd ? at.frame() - 1 : at.frame();
    long picos = atFrameEnd ? NetworkTime.FRAME_PICOS : at.picos();
    pairPicos += picos;
    change(frame, instantFrom(picos), -1);
  }

  private static int instantFrom(long picos) {
    return (int) Math.ceilDiv(picos, INSTANT_PICOS);
  }

  private void change(long frame, int instant, int by) {
    changesByFrame.computeIfAbsent(frame, _ -> new int[INSTANTS + 1])[instant] += by;
  }

  /// All frames before `frame` have passed.
  void passed(long frame) {
    frames++;
    while (!changesByFrame.isEmpty() && changesByFrame.firstKey() < frame - OPEN_FRAMES) {
      fold(changesByFrame.pollFirstEntry().getValue());
    }
  }

  private void fold(int[] changes) {
    int held = 0;
    for (int instant = 0; instant < INSTANTS; instant++) {
      held += changes[instant];
      most = Math.max(most, held);
    }
  }

  /// On average over all frames that have passed.
  double mean() {
    return frames == 0 ? 0 : (double) pairPicos / NetworkTime.FRAME_PICOS / frames;
  }

  int most() {
    changesByFrame.values().forEach(this::fold);
    changesByFrame.clear();
    return most;
  }
}
