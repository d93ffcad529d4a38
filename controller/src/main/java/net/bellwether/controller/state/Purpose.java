package net.bellwether.controller.state;

import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;

/// Why a generation of rules exists.
public sealed interface Purpose {
  /// Test pairs of one mode of one link.
  record LinkTest(LinkId link, String mode) implements Purpose {}

  /// The pairs of a session, made by `plan` under `grant`. The bound, gap and effort are those of
  /// the planning that chose it; `plannedKeyBitsPerSecond` is the asymptotic key rate it foresaw;
  /// `blockKeyBits` the sifted key-basis bits to gather for a block.
  record Route(
      Plan plan,
      Grant grant,
      double upperBound,
      double gap,
      long labelsSearched,
      long planningMicros,
      double plannedKeyBitsPerSecond,
      int blockKeyBits)
      implements Purpose {}
}
