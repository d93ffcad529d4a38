package net.bellwether.controller.grpc;

import net.bellwether.controller.state.Session;
import net.bellwether.v1.ListSessionsResponse;
import net.bellwether.wire.RpcErrors;

/// One answer of a listing: the sessions opened after the last one of the answer before, as many as
/// were asked for and fit a message. Its token is that session's number, which is nobody else's
/// ever, so that what is opened and forgotten in between moves nothing.
final class SessionPage {
  /// Half of what clients take as one message.
  private static final int BYTES_MAX = 2 << 20;

  private final ListSessionsResponse.Builder message = ListSessionsResponse.newBuilder();
  private final long after;
  private final int sizeMax;
  private long last;
  private int bytes;

  private SessionPage(long after, int sizeMax) {
    this.after = after;
    this.sizeMax = sizeMax;
  }

  static SessionPage after(String token, int size) {
    if (size < 0) {
      throw RpcErrors.invalidArgument("page_size", "(" + size + ") must be at least 0");
    }
    return new SessionPage(number(token), size == 0 ? Integer.MAX_VALUE : size);
  }

  private static long number(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException _) {
      throw RpcErrors.invalidArgument(
          "page_token", "(" + token + ") must be the next_page_token of an answer");
    }
  }

  /// Whether the session comes after the pages before this one.
  boolean begins(Session session) {
    return session.number() > after;
  }

  /// Takes the next session; false, with a token for what is left, where the page is full.
  boolean add(Session session, net.bellwether.v1.Session shown) {
    int size = shown.getSerializedSize();
    boolean full =
        message.getSessionsCount() == sizeMax
            || (message.getSessionsCount() > 0 && bytes + size > BYTES_MAX);
    if (full) {
      message.setNextPageToken(Long.toString(last));
      return false;
    }
    message.addSessions(shown);
    bytes += size;
    last = session.number();
    return true;
  }

  ListSessionsResponse message() {
    return message.build();
  }
}
