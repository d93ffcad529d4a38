package net.bellwether.cli;

import com.google.rpc.BadRequest;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import net.bellwether.topology.Network;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.plan.PlanMessages;
import net.bellwether.wire.plan.PlanningGround;
import net.bellwether.wire.plan.QuestionMistake;

/// Who answers planning questions, from any number of threads.
sealed interface PlanSource extends AutoCloseable {
  /// The answer.
  ///
  /// @throws IllegalArgumentException where the question is at fault; a QuestionMistake where one
  ///   of its fields is
  PlanRequestResponse answer(PlanRequestRequest question);

  /// How many questions it is best asked at once.
  int atOnce();

  @Override
  default void close() {}

  /// A topology document, on this machine.
  record Offline(PlanningGround ground) implements PlanSource {
    static Offline of(Network network) {
      return new Offline(PlanningGround.declared(network));
    }

    @Override
    public PlanRequestResponse answer(PlanRequestRequest question) {
      return PlanMessages.answer(
          ground, PlanMessages.read(ground.network(), question), System::nanoTime);
    }

    @Override
    public int atOnce() {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /// The live network.
  record Online(ControllerConnection controller) implements PlanSource {
    /// The controller plans as many at once and lets others wait.
    private static final int AT_ONCE_MAX = 4;

    @Override
    public PlanRequestResponse answer(PlanRequestRequest question) {
      try {
        return controller.plans().planRequest(question);
      } catch (StatusRuntimeException e) {
        throw mistake(e).<RuntimeException>map(it -> it).orElse(e);
      }
    }

    private static Optional<QuestionMistake> mistake(StatusRuntimeException error) {
      return RpcErrors.detail(error, BadRequest.class)
          .filter(bad -> bad.getFieldViolationsCount() == 1)
          .flatMap(bad -> QuestionMistake.of(bad.getFieldViolations(0)));
    }

    @Override
    public int atOnce() {
      return Math.min(AT_ONCE_MAX, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void close() {
      controller.close();
    }
  }
}
