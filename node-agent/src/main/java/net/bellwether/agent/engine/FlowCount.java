package net.bellwether.agent.engine;

import java.util.List;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;

/// What happened in one generation of a flow at this node since the last count: whole frames in
/// which it attempted; and of the frames that were settled since then, how many, with the pairs
/// delivered from them and the pairs discarded.
public record FlowCount(
    FlowId flow,
    long generation,
    long frameCount,
    long settledFrameCount,
    long deliveredCount,
    long expiredCount,
    List<LinkCount> links) {
  public FlowCount {
    links = List.copyOf(links);
  }

  /// Pairs heralded on one link, and attempts of all its modes together: 0 where the device does
  /// not tell its timing.
  public record LinkCount(LinkId link, String mode, long heraldCount, long attemptCount) {
    LinkCount plus(LinkCount other) {
      return new LinkCount(
          link, mode, heraldCount + other.heraldCount, attemptCount + other.attemptCount);
    }
  }
}
