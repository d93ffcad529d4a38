package net.bellwether.controller.intent;

import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Session;

/// What became of a request to open a session.
public sealed interface Opening {
  /// Admitted: `state` has the session and its first generation.
  record Opened(ControlState state, Session session) implements Opening {}

  /// Opened before by the same request.
  record Repeated(Session session) implements Opening {}

  /// The request id was used for something else.
  record Reused(Session session) implements Opening {}

  /// A field is wrong.
  record Invalid(String field, String rule) implements Opening {}

  /// Nothing can be promised before there is a network.
  record NoTopology() implements Opening {}

  /// The network cannot promise it now; asking for the offered rate (0: none) and floor would work.
  record Refused(String missing, double offeredPairsPerSecond, double offeredMinFidelity)
      implements Opening {}
}
