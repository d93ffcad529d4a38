package net.bellwether.simulation.fault.world;

import java.util.EnumMap;
import java.util.Map;

/// How often what went wrong.
public final class FaultCounts {
  private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);

  public void count(FaultKind kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  public void addAll(FaultCounts others) {
    others.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
  }

  public Map<FaultKind, Long> asMap() {
    return Map.copyOf(counts);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((kind, count) ->
        text.append(text.isEmpty() ? "" : ", ").append(kind.text()).append(' ').append(count));
    return text.toString();
  }
}
