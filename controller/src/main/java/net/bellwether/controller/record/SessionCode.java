package net.bellwether.controller.record;

import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// A session as a record.
final class SessionCode {
  private static final String KIND = "session 1";

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
        .put("promised", session.promisedPairsPerSecond())
        .put("phase", session.phase())
        .putText("shortfall", session.shortfall())
        .bytes();
  }

  static Session read(String key, byte[] value) {
    Lines.Reader in = new Lines.Reader(key, value, KIND);
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
            in.takeDouble("min-fidelity"));
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
