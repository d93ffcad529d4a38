package net.bellwether.topology.time;

/// An instant of network time: a frame number and picoseconds within that frame. It orders heralds,
/// slots and the age of pairs; it says nothing about wall or monotonic time. A single count of
/// picoseconds in 64 bits would overflow after 107 days.
public record NetworkTime(long frame, long picos) implements Comparable<NetworkTime> {
  /// Length of a frame, 100 ms: the period of the timetable.
  public static final long FRAME_PICOS = 100_000_000_000L;

  public static final long PICOS_PER_SECOND = 1_000_000_000_000L;

  /// Speed of light in fibre, about 2e5 km/s: 5 microseconds a kilometre.
  public static final long FIBER_PICOS_PER_KM = 5_000_000L;

  public NetworkTime {
    if (frame < 0 || picos < 0 || picos >= FRAME_PICOS) {
      throw new IllegalArgumentException(
          "network time ("
              + frame
              + ", "
              + picos
              + ") must have frame >= 0 and picos in [0, 1e11)");
    }
  }

  public static NetworkTime startOfFrame(long frame) {
    return new NetworkTime(frame, 0);
  }

  public NetworkTime plusPicos(long delta) {
    long total = picos + delta;
    long frames = Math.floorDiv(total, FRAME_PICOS);
    return new NetworkTime(frame + frames, total - frames * FRAME_PICOS);
  }

  /// Picoseconds from `earlier` to this; negative where `earlier` is later.
  public long picosSince(NetworkTime earlier) {
    return Math.addExact(
        Math.multiplyExact(frame - earlier.frame, FRAME_PICOS), picos - earlier.picos);
  }

  public static NetworkTime later(NetworkTime one, NetworkTime other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public int compareTo(NetworkTime other) {
    int byFrame = Long.compare(frame, other.frame);
    return byFrame != 0 ? byFrame : Long.compare(picos, other.picos);
  }
}
