package net.bellwether.cli.chaos;

import java.util.List;
import net.bellwether.v1.SessionSpec;

/// What the controller says there is once everything runs again.
record FinalState(List<Found> sessions, List<Held> links) {
  /// A session; `closed` once it is gone from the nodes.
  record Found(String sessionId, SessionSpec spec, boolean closed) {}

  /// Share of a link's time that flows hold.
  record Held(String link, double share) {}

  FinalState {
    sessions = List.copyOf(sessions);
    links = List.copyOf(links);
  }
}
