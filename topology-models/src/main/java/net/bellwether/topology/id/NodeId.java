package net.bellwether.topology.id;

/// Name of a node, unique in a network: lower-case letters, digits and inner hyphens, at most 63.
public record NodeId(String value) implements Comparable<NodeId> {
  public NodeId {
    Names.check("node name", value);
  }

  public static NodeId of(String value) {
    return new NodeId(value);
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
