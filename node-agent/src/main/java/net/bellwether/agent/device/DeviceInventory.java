package net.bellwether.agent.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.agent.engine.AttemptTiming;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.time.NetworkTime;

/// What hardware a node has, as built, and its network time at attachment. `timings` holds the
/// links whose timing the device knows.
public record DeviceInventory(
    int communicationQubitCount,
    int memoryQubitCount,
    List<LinkId> links,
    SequencedMap<LinkId, AttemptTiming> timings,
    long epoch,
    NetworkTime networkTime) {
  public DeviceInventory {
    links = List.copyOf(links);
    timings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(timings));
  }
}
