package net.bellwether.topology.atlas;

import java.util.List;
import net.bellwether.topology.Network;

/// A network made from a map, and what was mended or left out on the way, a sentence each.
public record Imported(Network network, List<String> notes) {
  public Imported {
    notes = List.copyOf(notes);
  }
}
