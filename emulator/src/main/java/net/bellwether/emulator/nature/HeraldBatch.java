package net.bellwether.emulator.nature;

import java.util.List;
import net.bellwether.topology.time.NetworkTime;

/// All heralds of one node between the last batch and `completeUntil`; those of a link are in order
/// of time and sequence.
public record HeraldBatch(List<Herald> heralds, NetworkTime completeUntil) {
  public HeraldBatch {
    heralds = List.copyOf(heralds);
  }
}
