package net.bellwether.agent.clock;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import net.bellwether.topology.time.NetworkTime;

/// Estimates the offset of a peer's clock from two-way exchanges \[rfc5905, section 8\]: when the
/// peer read its clock lies somewhere between the question and the answer, so half of the round
/// trip bounds the error, however unequal the two ways. Of a window of exchanges the one with the
/// shortest round trip counts, which one that waited in a queue is not.
///
/// Assumes that both clocks run evenly during the window; after a jump of either, the estimate is
/// right once the window has passed. Monotonic times are nanoseconds. Not safe for use by several
/// threads.
final class OffsetEstimator {
  /// A few pauses of a program fit in, and at an exchange a second it has passed after four.
  static final int EXCHANGES = 4;

  /// Older exchanges say nothing about now.
  static final long AGE_NANOS_MAX = 4_000_000_000L;

  /// About 31 years: clocks that are further apart are as wrong, and nanoseconds fit a long.
  private static final long FRAMES_APART_MAX = 10_000_000_000L;

  private static final long FRAME_NANOS = NetworkTime.FRAME_PICOS / 1_000;

  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  private record Exchange(long returnedNanos, long roundTripNanos, long offsetNanos) {}

  /// A question left at `sentNanos`, the peer read `peerTime` from its clock, and its answer came
  /// at `returnedNanos`, when it was `ownTime` here.
  void exchanged(long sentNanos, long returnedNanos, NetworkTime ownTime, NetworkTime peerTime) {
    long roundTrip = Math.max(0, returnedNanos - sentNanos);
    exchanges.addLast(
        new Exchange(returnedNanos, roundTrip, nanosFrom(ownTime, peerTime) + roundTrip / 2));
    if (exchanges.size() > EXCHANGES) {
      exchanges.removeFirst();
    }
  }

  private static long nanosFrom(NetworkTime ownTime, NetworkTime peerTime) {
    long frames =
        Math.clamp(peerTime.frame() - ownTime.frame(), -FRAMES_APART_MAX, FRAMES_APART_MAX);
    return frames * FRAME_NANOS + (peerTime.picos() - ownTime.picos()) / 1_000;
  }

  /// The offset as of `nanos`; none where no exchange is young enough.
  Optional<ClockOffset> find(long nanos) {
    exchanges.removeIf(exchange -> nanos - exchange.returnedNanos() > AGE_NANOS_MAX);
    // Half of an odd round trip, and picoseconds that were cut off, are on the side of doubt.
    return exchanges.stream()
        .min(Comparator.comparingLong(Exchange::roundTripNanos))
        .map(best -> new ClockOffset(best.offsetNanos(), best.roundTripNanos() / 2 + 2));
  }
}
