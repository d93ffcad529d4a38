package net.bellwether.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.bellwether.v1.ListSessionsRequest;
import net.bellwether.v1.ListSessionsResponse;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionServiceGrpc.SessionServiceBlockingStub;

/// Asks for sessions until there are no more: a controller's thousands do not fit one message.
public final class SessionListing {
  private SessionListing() {}

  /// Sessions in order of opening. Every question goes to a fresh stub, with a deadline of its own.
  public static List<Session> all(
      Supplier<SessionServiceBlockingStub> stubs, boolean includeClosed) {
    List<Session> sessions = new ArrayList<>();
    ListSessionsRequest request =
        ListSessionsRequest.newBuilder().setIncludeClosed(includeClosed).build();
    ListSessionsResponse page = stubs.get().listSessions(request);
    sessions.addAll(page.getSessionsList());
    while (!page.getNextPageToken().isEmpty()) {
      page =
          stubs
              .get()
              .listSessions(request.toBuilder().setPageToken(page.getNextPageToken()).build());
      sessions.addAll(page.getSessionsList());
    }
    return sessions;
  }
}
