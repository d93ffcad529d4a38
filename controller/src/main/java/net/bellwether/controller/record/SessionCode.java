package net.bellwether.controller.record;

import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// A session as a record.
final class SessionCode {
  private static final String KIND = "session 2";

  /// Written before there were kinds of session: all of them measured directly.
  private static final String WITHOUT_KIND = "session 1";

  private static final String MEASURE_DIRECTLY = "measure-directly";
  private static final String CREATE_AND_KEEP = "create-and-keep";

  private SessionCode() {}

  static byte[] write(Session session) {
    SessionRequest request = session.request();
    return new Lines.Writer(KIND)
        .put("id", session.id())
        .put("number", session.number())
        .putText("tenant", session.tenant())
        .putText("request", session.requestId())
        .putText("from-sae", request.fromSae())
        .put("from-node", request.fromNode())
        .putText("to-sae", request.toSae())
        .put("to-node", request.toNode())
        .put("pairs-per-second", request.pairsPerSecond())
        .put("min-fidelity", request.minFidelity())
        .put("kind", kind(request.kind()))
        .put("hold-millis", holdMillis(request.kind()))
        .put("promised", session.promisedPairsPerSecond())
        .put("phase", session.phase())
        .putText("shortfall", session.shortfall())
        .bytes();
  }

  private static String kind(SessionKind kind) {
    return switch (kind) {
      case SessionKind.MeasureDirectly() -> MEASURE_DIRECTLY;
      case SessionKind.CreateAndKeep _ -> CREATE_AND_KEEP;
    };
  }

  private static long holdMillis(SessionKind kind) {
    return switch (kind) {
      case SessionKind.MeasureDirectly() -> 0;
      case SessionKind.CreateAndKeep(long millis) -> millis;
    };
  }

  private static SessionKind readKind(String key, Lines.Reader in) {
    String kind = in.take("kind");
    long holdMillis = in.takeLong("hold-millis");
    if (kind.equals(CREATE_AND_KEEP)) {
      return new SessionKind.CreateAndKeep(holdMillis);
    }
    if (kind.equals(MEASURE_DIRECTLY)) {
      return new SessionKind.MeasureDirectly();
    }
    throw new IllegalStateException(
        "record %s: kind (%s) must be %s or %s"
            .formatted(key, kind, MEASURE_DIRECTLY, CREATE_AND_KEEP));
  }

  static Session read(String key, byte[] value) {
    boolean hasKind = !Lines.isOfKind(value, WITHOUT_KIND);
    Lines.Reader in = new Lines.Reader(key, value, hasKind ? KIND : WITHOUT_KIND);
    FlowId id = FlowId.of(in.take("id"));
    long number = in.takeLong("number");
    String tenant = in.takeText("tenant");
    String requestId = in.takeText("request");
    SessionRequest request =
        new SessionRequest(
            in.takeText("from-sae"),
            NodeId.of(in.take("from-node")),
            in.takeText("to-sae"),
            NodeId.of(in.take("to-node")),
            in.takeDouble("pairs-per-second"),
            in.takeDouble("min-fidelity"),
            hasKind ? readKind(key, in) : new SessionKind.MeasureDirectly());
    return new Session(
        id,
        number,
        tenant,
        requestId,
        request,
        in.takeDouble("promised"),
        Phase.valueOf(in.take("phase")),
        in.takeText("shortfall"));
  }
}
