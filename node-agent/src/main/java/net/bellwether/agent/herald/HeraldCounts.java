package net.bellwether.agent.herald;

import java.util.concurrent.atomic.AtomicLong;

/// What became of a device's records, over all attachments. Written by the thread that receives,
/// read by any.
public final class HeraldCounts {
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong lost = new AtomicLong();
  final AtomicLong late = new AtomicLong();
  final AtomicLong unowned = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong crowdedOut = new AtomicLong();

  /// Heralds handed over.
  public long acceptedCount() {
    return accepted.get();
  }

  /// Heralds that never came, by the gaps in the numbers of their links.
  public long lostCount() {
    return lost.get();
  }

  /// Records that came again or after later ones, or of another start of the device; dropped.
  public long lateCount() {
    return late.get();
  }

  /// Heralds of no request of ours; their pairs are released.
  public long unownedCount() {
    return unowned.get();
  }

  /// Datagrams and connections with something that is no record.
  public long refusedCount() {
    return refused.get();
  }

  /// Records of datagrams for which there was no room; their heralds are among the lost ones too.
  public long crowdedOutCount() {
    return crowdedOut.get();
  }

  /// Everything that went wrong, as one sentence; its text changes whenever something did.
  public String troubles() {
    return ("%d heralds lost on the way, %d records late or repeated, %d heralds of no request, "
            + "%d inputs refused, %d records without room")
        .formatted(lostCount(), lateCount(), unownedCount(), refusedCount(), crowdedOutCount());
  }
}
