package net.bellwether.controller.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.bellwether.controller.intent.Assessment;
import net.bellwether.controller.intent.Review;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Session;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Remembers assessments for as long as session, flow and view are the same.
final class AssessmentCache {
  private record Entry(Session session, Flow flow, long viewVersion, Assessment assessment) {}

  private final Review review;
  private final Map<FlowId, Entry> entries = new HashMap<>();

  AssessmentCache(Review review) {
    this.review = review;
  }

  Assessment assess(
      Session session, Flow flow, NetworkView view, long viewVersion, Set<NodeId> outOfBound) {
    Entry entry = entries.get(session.id());
    if (entry != null
        && entry.viewVersion() == viewVersion
        && entry.session().equals(session)
        && entry.flow().equals(flow)) {
      return entry.assessment();
    }
    Assessment assessment = review.assess(session, flow, view, outOfBound);
    entries.put(session.id(), new Entry(session, flow, viewVersion, assessment));
    return assessment;
  }

  void retain(Set<FlowId> live) {
    entries.keySet().retainAll(live);
  }
}
