package net.bellwether.controller.grpc;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.CloseSessionRequest;
import net.bellwether.v1.CloseSessionResponse;
import net.bellwether.v1.CounterOffer;
import net.bellwether.v1.GetSessionRequest;
import net.bellwether.v1.GetSessionResponse;
import net.bellwether.v1.ListSessionsRequest;
import net.bellwether.v1.ListSessionsResponse;
import net.bellwether.v1.OpenSessionRequest;
import net.bellwether.v1.OpenSessionResponse;
import net.bellwether.v1.SessionServiceGrpc;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.WatchSessionRequest;
import net.bellwether.v1.WatchSessionResponse;
import net.bellwether.wire.RpcErrors;

/// Tenants' door. A session of another tenant and one that never was are answered alike.
public final class SessionGrpc extends SessionServiceGrpc.SessionServiceImplBase {
  private static final Pattern SAE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /// How long a watch waits before it looks whether its caller is still there.
  private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);

  private final Office office;

  public SessionGrpc(Office office) {
    this.office = office;
  }

  @Override
  public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          String tenant = Access.tenant();
          SessionRequest wanted = read(request.getSpec());
          Opening opening =
              office.engine().ask(core -> core.open(tenant, request.getRequestId(), wanted));
          return OpenSessionResponse.newBuilder().setSession(answer(opening)).build();
        });
  }

  private net.bellwether.v1.Session answer(Opening opening) {
    return switch (opening) {
      case Opening.Opened opened -> message(opened.session().id());
      case Opening.Repeated repeated -> message(repeated.session().id());
      case Opening.Reused reused ->
          throw RpcErrors.alreadyExists(
              "request_id (%s) has opened session %s with another spec; choose a new one"
                  .formatted(reused.session().requestId(), reused.session().id()));
      case Opening.Invalid invalid ->
          throw RpcErrors.invalidArgument(invalid.field(), invalid.rule());
      case Opening.NoTopology() ->
          throw RpcErrors.failedPrecondition("no topology has been applied yet");
      case Opening.Refused refused ->
          throw RpcErrors.failedPrecondition(
              refusal(refused),
              CounterOffer.newBuilder()
                  .setMissing(refused.missing())
                  .setPairsPerSecond(refused.offeredPairsPerSecond())
                  .setMinFidelity(refused.offeredMinFidelity())
                  .build());
    };
  }

  private static String refusal(Opening.Refused refused) {
    return refused.offeredPairsPerSecond() > 0
        ? "%s\npossible now: %.6g pairs/s at fidelity %.4f or more"
            .formatted(
                refused.missing(), refused.offeredPairsPerSecond(), refused.offeredMinFidelity())
        : refused.missing();
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<GetSessionResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Snapshot snapshot = office.snapshot();
          Session session = own(request.getSessionId(), Access.sessions(), snapshot);
          return GetSessionResponse.newBuilder()
              .setSession(SessionMessages.of(session, snapshot))
              .build();
        });
  }

  @Override
  public void listSessions(
      ListSessionsRequest request, StreamObserver<ListSessionsResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.Scope scope = Access.sessions();
          SessionPage page = SessionPage.after(request.getPageToken(), request.getPageSize());
          Snapshot snapshot = office.snapshot();
          for (Session session : snapshot.state().sessions().values()) {
            if (scope.covers(session.tenant())
                && (request.getIncludeClosed() || session.phase() != Phase.CLOSED)
                && page.begins(session)
                && !page.add(session, SessionMessages.of(session, snapshot))) {
              break;
            }
          }
          return page.message();
        });
  }

  @Override
  public void closeSession(
      CloseSessionRequest request, StreamObserver<CloseSessionResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.Scope scope = Access.sessions();
          Session session = own(request.getSessionId(), scope, office.engine().snapshot());
          office.engine().ask(core -> close(core, session.id()));
          return CloseSessionResponse.newBuilder().setSession(message(session.id())).build();
        });
  }

  private static boolean close(ControlCore core, FlowId id) {
    Optional<Session> session = core.state().findSession(id);
    session.ifPresent(core::close);
    return session.isPresent();
  }

  @Override
  public void watchSession(
      WatchSessionRequest request, StreamObserver<WatchSessionResponse> caller) {
    ServerCallStreamObserver<WatchSessionResponse> watcher =
        (ServerCallStreamObserver<WatchSessionResponse>) caller;
    try {
      watch(request.getSessionId(), Access.sessions(), watcher);
    } catch (RuntimeException e) {
      watcher.onError(Replies.status(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      watcher.onError(RpcErrors.unavailable("the controller is stopping"));
    }
  }

  /// Sends the newest state whenever it differs and the watcher can take it; what comes in between
  /// is skipped, so that a slow watcher costs no memory.
  private void watch(
      String id, Access.Scope scope, ServerCallStreamObserver<WatchSessionResponse> watcher)
      throws InterruptedException {
    net.bellwether.v1.Session last = net.bellwether.v1.Session.getDefaultInstance();
    ControlEngine engine = office.engine();
    Snapshot snapshot = engine.snapshot();
    while (!watcher.isCancelled()) {
      Session session = own(id, scope, snapshot);
      net.bellwether.v1.Session message = SessionMessages.of(session, snapshot);
      boolean ends = session.phase() == Phase.CLOSED;
      if (!message.equals(last) && (watcher.isReady() || ends)) {
        watcher.onNext(WatchSessionResponse.newBuilder().setSession(message).build());
        last = message;
      }
      if (ends) {
        watcher.onCompleted();
        return;
      }
      if (engine.isClosed()) {
        throw RpcErrors.unavailable("the controller does not decide any more");
      }
      snapshot = engine.awaitNewer(snapshot.version(), WATCH_PAUSE);
    }
  }

  private net.bellwether.v1.Session message(FlowId id) {
    Snapshot snapshot = office.engine().snapshot();
    return SessionMessages.of(
        snapshot.state().findSession(id).orElseThrow(() -> missing(id.value())), snapshot);
  }

  private static Session own(String id, Access.Scope scope, Snapshot snapshot) {
    return parse(id)
        .flatMap(snapshot.state()::findSession)
        .filter(session -> scope.covers(session.tenant()))
        .orElseThrow(() -> missing(id));
  }

  private static Optional<FlowId> parse(String id) {
    try {
      return Optional.of(FlowId.of(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RuntimeException missing(String id) {
    return RpcErrors.notFound("session", id);
  }

  private static SessionRequest read(SessionSpec spec) {
    List<FieldViolation> violations = new ArrayList<>();
    checkSae("spec.from_sae", spec.getFromSae(), violations);
    checkSae("spec.to_sae", spec.getToSae(), violations);
    Optional<NodeId> from = node("spec.from_node", spec.getFromNode(), violations);
    Optional<NodeId> to = node("spec.to_node", spec.getToNode(), violations);
    double rate = spec.getPairsPerSecond();
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      violations.add(
          violation("spec.pairs_per_second", "(" + rate + ") must be at least 0 and finite"));
    }
    double floor = spec.getMinFidelity();
    if (floor != 0 && !(floor > 0.5 && floor <= 1)) {
      violations.add(
          violation(
              "spec.min_fidelity",
              "(" + floor + ") must be in (0.5, 1], or 0 for the best secret key rate"));
    }
    checkKind(spec, violations);
    if (from.isPresent() && from.equals(to)) {
      violations.add(
          violation("spec.to_node", "(" + spec.getToNode() + ") must differ from spec.from_node"));
    }
    if (!violations.isEmpty() || from.isEmpty() || to.isEmpty()) {
      throw RpcErrors.invalidArgument(violations);
    }
    return new SessionRequest(
        spec.getFromSae(), from.get(), spec.getToSae(), to.get(), rate, floor, kind(spec));
  }

  private static void checkKind(SessionSpec spec, List<FieldViolation> violations) {
    long hold = spec.getHoldMilliseconds();
    switch (spec.getKind()) {
      case SESSION_KIND_UNSPECIFIED, SESSION_KIND_MEASURE_DIRECTLY -> {
        if (hold != 0) {
          violations.add(
              violation(
                  "spec.hold_milliseconds",
                  "(" + hold + ") must be 0 where pairs are measured directly"));
        }
      }
      case SESSION_KIND_CREATE_AND_KEEP -> {
        if (hold < 1 || hold > SessionKind.CreateAndKeep.HOLD_MILLIS_MAX) {
          violations.add(
              violation(
                  "spec.hold_milliseconds",
                  "(%d) must be in [1, %d]"
                      .formatted(hold, SessionKind.CreateAndKeep.HOLD_MILLIS_MAX)));
        }
        if (spec.getPairsPerSecond() == 0) {
          violations.add(
              violation(
                  "spec.pairs_per_second",
                  "(0) must be given where pairs are kept: memory is set aside for them"));
        }
        if (spec.getMinFidelity() == 0) {
          violations.add(
              violation(
                  "spec.min_fidelity",
                  "(0) must be given where pairs are kept: no key is made that could be best"));
        }
      }
      case UNRECOGNIZED ->
          violations.add(violation("spec.kind", "must be MEASURE_DIRECTLY or CREATE_AND_KEEP"));
    }
  }

  private static SessionKind kind(SessionSpec spec) {
    return spec.getKind() == net.bellwether.v1.SessionKind.SESSION_KIND_CREATE_AND_KEEP
        ? new SessionKind.CreateAndKeep(spec.getHoldMilliseconds())
        : new SessionKind.MeasureDirectly();
  }

  private static void checkSae(String field, String name, List<FieldViolation> violations) {
    if (!SAE.matcher(name).matches()) {
      violations.add(
          violation(
              field,
              "("
                  + name
                  + ") must be the name of a consumer of your tenant: 1 to 63 letters,"
                  + " digits, '.', '_' or '-'"));
    }
  }

  private static Optional<NodeId> node(String field, String name, List<FieldViolation> violations) {
    try {
      return Optional.of(NodeId.of(name));
    } catch (IllegalArgumentException e) {
      violations.add(violation(field, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
