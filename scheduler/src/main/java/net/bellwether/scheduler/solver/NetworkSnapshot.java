package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;

/// Placeholder.
public record NetworkSnapshot(NetworkView view) {
  public static NetworkSnapshot of(NetworkView view) {
    return new NetworkSnapshot(view);
  }

  public NetworkSnapshot with(LinkMode changed) {
    return changed.freeShare() < 0 ? of(view) : this;
  }

  public NetworkSnapshot without(LinkId link) {
    return of(view.withoutLink(link));
  }

  public int nodeCount() {
    return view.nodes().size();
  }

  public int linkCount() {
    return view.linkModes().size();
  }

  public long memoryBytes() {
    return 100L * nodeCount();
  }
}
