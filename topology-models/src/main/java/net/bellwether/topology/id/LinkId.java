package net.bellwether.topology.id;

/// Name of a link, unique in a network: lower-case letters, digits and inner hyphens, at most 63.
public record LinkId(String value) implements Comparable<LinkId> {
  public LinkId {
    Names.check("link name", value);
  }

  public static LinkId of(String value) {
    return new LinkId(value);
  }

  @Override
  public int compareTo(LinkId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
