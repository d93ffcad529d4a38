package net.bellwether.simulation.fault.client;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.simulation.fault.control.Controller;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.World;

/// Asks whichever controller leads, again and through another until an answer comes. Requests and
/// answers may be lost, and an answer may come when nobody waits for it any more.
public final class Caller {
  private static final long LATENCY_MIN_MICROS = 500;
  private static final long LATENCY_MAX_MICROS = 20 * World.MILLI;

  private final World world;
  private final List<Controller> controllers;
  private final DoubleSupplier lost;
  private int turn;

  public Caller(World world, List<Controller> controllers, DoubleSupplier lost) {
    this.world = world;
    this.controllers = controllers;
    this.lost = lost;
  }

  /// `answer` hears the first answer that comes.
  public <T> void ask(Function<ControlCore, T> question, Consumer<T> answer) {
    new Request<>(question, answer).attempt();
  }

  private final class Request<T> {
    private final Function<ControlCore, T> question;
    private final Consumer<T> answer;
    private boolean answered;
    private int tries;

    Request(Function<ControlCore, T> question, Consumer<T> answer) {
      this.question = question;
      this.answer = answer;
    }

    void attempt() {
      int attempt = ++tries;
      Controller controller = controllers.get(turn++ % controllers.size());
      carry(() -> controller.ask(question, outcome -> carry(() -> hear(attempt, outcome))));
      world.after(
          world.between(500 * World.MILLI, 3 * World.SECOND),
          () -> {
            if (!answered && attempt == tries) {
              attempt();
            }
          });
    }

    private void carry(Runnable arrival) {
      if (world.chance(lost.getAsDouble())) {
        world.faults().count(FaultKind.MESSAGE_LOST);
      } else {
        world.after(world.between(LATENCY_MIN_MICROS, LATENCY_MAX_MICROS), arrival);
      }
    }

    private void hear(int attempt, Controller.Answer<T> outcome) {
      switch (outcome) {
        case Controller.Answer.Given<T>(T value) -> {
          if (!answered) {
            answered = true;
            answer.accept(value);
          }
        }
        case Controller.Answer.Unavailable<T> _ -> {
          if (!answered && attempt == tries) {
            world.after(world.between(20 * World.MILLI, 500 * World.MILLI), this::attempt);
            tries++;
          }
        }
      }
    }
  }
}
