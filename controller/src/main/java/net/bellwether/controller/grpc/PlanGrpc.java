package net.bellwether.controller.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.intent.Planning;
import net.bellwether.controller.lead.Office;
import net.bellwether.scheduler.Timetable;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.v1.PlanServiceGrpc;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.plan.PlanMessages;
import net.bellwether.wire.plan.PlanQuestion;
import net.bellwether.wire.plan.PlanningGround;
import net.bellwether.wire.plan.QuestionMistake;

/// Dry-run planning, on the caller's own thread and the newest snapshot.
public final class PlanGrpc extends PlanServiceGrpc.PlanServiceImplBase {
  /// Plannings at once; more would take the processors from decisions.
  private static final int PLANNINGS_MAX = 4;

  private static final long WAIT_SECONDS = 10;

  private final Office office;
  private final Semaphore plannings = new Semaphore(PLANNINGS_MAX);

  public PlanGrpc(Office office) {
    this.office = office;
  }

  @Override
  public void planRequest(PlanRequestRequest request, StreamObserver<PlanRequestResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("planning");
          Snapshot snapshot = office.engine().snapshot();
          Network network =
              snapshot
                  .state()
                  .findNetwork()
                  .orElseThrow(
                      () -> RpcErrors.failedPrecondition("no topology has been applied yet"));
          PlanQuestion question = read(request, network);
          NetworkView view = view(snapshot, network, request.getEmptyNetwork());
          return plan(PlanningGround.of(network, view), question);
        });
  }

  private PlanRequestResponse plan(PlanningGround ground, PlanQuestion question) {
    boolean admitted = false;
    try {
      admitted = plannings.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
      if (!admitted) {
        throw RpcErrors.unavailable("too many plannings at once; try again");
      }
      return PlanMessages.answer(ground, question, System::nanoTime);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RpcErrors.unavailable("the controller is stopping");
    } finally {
      if (admitted) {
        plannings.release();
      }
    }
  }

  private static NetworkView view(Snapshot snapshot, Network network, boolean empty) {
    if (empty) {
      return snapshot.view();
    }
    Timetable timetable = Planning.timetable(snapshot.state(), network);
    return snapshot
        .view()
        .mapLinkModes(
            mode -> mode.withFreeShare(Math.max(0, 1 - timetable.committedShare(mode.link()))));
  }

  private static PlanQuestion read(PlanRequestRequest request, Network network) {
    try {
      return PlanMessages.read(network, request);
    } catch (QuestionMistake e) {
      throw e.asStatus();
    } catch (IllegalArgumentException e) {
      throw RpcErrors.invalidArgument("to_node", String.valueOf(e.getMessage()));
    }
  }
}
