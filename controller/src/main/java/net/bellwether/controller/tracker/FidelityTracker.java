package net.bellwether.controller.tracker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Estimates rate and state of every mode of every link from what agents report, and says where the
/// declaration is contradicted. Time is network time of the reports. Not thread-safe: it belongs to
/// the one writer. Nothing in it is durable; after a restart the declarations hold until telemetry
/// has spoken again.
public final class FidelityTracker {
  private record Key(LinkId link, String mode) {}

  private SequencedMap<Key, LinkTrack> tracks = new LinkedHashMap<>();
  private NetworkView view = new NetworkView(new LinkedHashMap<>(), List.of());
  private Set<NodeId> leftOut = Set.of();
  private long version;

  /// Takes a network as declared. What is known of link modes whose declaration is unchanged stays.
  public void declare(NetworkView declared) {
    SequencedMap<Key, LinkTrack> next = new LinkedHashMap<>();
    for (LinkMode mode : declared.linkModes()) {
      Key key = new Key(mode.link(), mode.mode());
      Operations a = operations(declared, mode.a());
      Operations b = operations(declared, mode.b());
      LinkTrack known = tracks.get(key);
      next.put(
          key, known != null && known.declares(mode, a, b) ? known : new LinkTrack(mode, a, b));
    }
    tracks = next;
    rebuild(declared);
  }

  /// Heralds and attempts on a link mode, as its end `at` counted them.
  public void counted(
      NodeId at, LinkId link, String mode, long attempts, long heralds, NetworkTime to) {
    LinkTrack track = tracks.get(new Key(link, mode));
    if (track != null && isEnd(track, at)) {
      track.counted(isB(track, at), second(to), attempts, heralds);
    }
  }

  /// Outcomes of test pairs at the end `at`.
  public void tested(
      NodeId at, LinkId link, String mode, long epoch, OutcomeFrame outcomes, NetworkTime to) {
    LinkTrack track = tracks.get(new Key(link, mode));
    if (track != null && isEnd(track, at)) {
      track.tested(isB(track, at), second(to), epoch, outcomes);
    }
  }

  /// Judges every link anew; whether the view has changed.
  public boolean judge(NetworkTime now) {
    boolean changed = false;
    for (LinkTrack track : tracks.values()) {
      changed |= track.judge(second(now));
    }
    if (changed) {
      rebuild(view);
    }
    return changed;
  }

  /// Nothing is planned through `nodes`, until the next call.
  public void leaveOut(Set<NodeId> nodes) {
    if (!nodes.equals(leftOut)) {
      leftOut = Set.copyOf(nodes);
      rebuild(view);
    }
  }

  /// The network as planning should take it. Link modes that make no pairs are left out, and those
  /// at nodes that nothing is planned through.
  public NetworkView view() {
    return view;
  }

  /// Rises with every change of the view.
  public long version() {
    return version;
  }

  public List<LinkEstimate> estimates() {
    return tracks.values().stream().map(LinkTrack::estimate).toList();
  }

  /// What the view would be if `declared` were declared.
  public NetworkView viewOf(NetworkView declared) {
    List<LinkMode> usable = new ArrayList<>();
    for (LinkMode mode : declared.linkModes()) {
      LinkTrack known = tracks.get(new Key(mode.link(), mode.mode()));
      boolean unchanged =
          known != null
              && known.declares(
                  mode, operations(declared, mode.a()), operations(declared, mode.b()));
      @Nullable LinkMode planned = known != null && unchanged ? known.planned() : mode;
      if (planned != null && isWanted(planned)) {
        usable.add(planned);
      }
    }
    return new NetworkView(declared.nodes(), usable);
  }

  private void rebuild(NetworkView nodesOf) {
    List<LinkMode> usable = new ArrayList<>();
    for (LinkTrack track : tracks.values()) {
      @Nullable LinkMode planned = track.planned();
      if (planned != null && isWanted(planned)) {
        usable.add(planned);
      }
    }
    view = new NetworkView(nodesOf.nodes(), usable);
    version++;
  }

  private boolean isWanted(LinkMode mode) {
    return !leftOut.contains(mode.a()) && !leftOut.contains(mode.b());
  }

  private static Operations operations(NetworkView view, NodeId node) {
    var declared = view.nodes().get(node);
    if (declared == null) {
      throw new IllegalArgumentException("link end (" + node + ") must be a node of the view");
    }
    return declared.operations();
  }

  private static boolean isEnd(LinkTrack track, NodeId node) {
    LinkMode declared = track.estimate().declared();
    return declared.a().equals(node) || declared.b().equals(node);
  }

  private static boolean isB(LinkTrack track, NodeId node) {
    return track.estimate().declared().b().equals(node);
  }

  private static long second(NetworkTime time) {
    return time.frame() / (NetworkTime.PICOS_PER_SECOND / NetworkTime.FRAME_PICOS);
  }
}
