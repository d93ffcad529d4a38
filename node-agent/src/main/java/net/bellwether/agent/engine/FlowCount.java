package net.bellwether.agent.engine;

import java.util.List;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;

/// What happened in one generation of a flow at this node since the last count: whole frames it ran,
/// rounds in them, pairs delivered and pairs discarded unfinished.
public record FlowCount(
    FlowId flow,
    long generation,
    long frameCount,
    long roundCount,
    long deliveredCount,
    long expiredCount,
    List<LinkCount> links) {
  public FlowCount {
    links = List.copyOf(links);
  }

  /// Pairs heralded on one link, and how often a mode of it went into a round (each of which makes
  /// at most one pair).
  public record LinkCount(LinkId link, String mode, long heraldCount, long modeRoundCount) {}
}
