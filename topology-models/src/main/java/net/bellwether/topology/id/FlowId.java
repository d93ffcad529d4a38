package net.bellwether.topology.id;

/// Name of a flow (the pairs of one session, or the test pairs of one link), unique in a network:
/// lower-case letters, digits and inner hyphens, at most 63.
public record FlowId(String value) implements Comparable<FlowId> {
  public FlowId {
    Names.check("flow name", value);
  }

  public static FlowId of(String value) {
    return new FlowId(value);
  }

  @Override
  public int compareTo(FlowId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
