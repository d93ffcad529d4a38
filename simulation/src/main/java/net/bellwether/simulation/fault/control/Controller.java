package net.bellwether.simulation.fault.control;

import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import net.bellwether.controller.engine.AgentEvent;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.DeposedException;
import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.grpc.AgentMessages;
import net.bellwether.controller.grpc.OrderMessages;
import net.bellwether.controller.lead.LeaderElection;
import net.bellwether.controller.reconcile.Addressed;
import net.bellwether.controller.state.ControlState;
import net.bellwether.simulation.fault.store.Ballot;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.Line;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import org.jspecify.annotations.Nullable;

/// One controller. While it leads, the product's decisions run over the product's journal, one
/// input after another, as the engine has its one thread do.
public final class Controller extends Host {
  private static final long TICK_MILLIS = 100;
  private static final long LAG_MAX_MICROS = 12 * World.SECOND;
  private static final long RESTART_MIN_MILLIS = 100;
  private static final long RESTART_MAX_MILLIS = 3_000;

  private final Surroundings surroundings;
  private final DoubleSupplier lag;
  private long noticedAtMicros;
  private @Nullable Standing standing;
  private @Nullable Leadership leadership;

  /// What a controller is given.
  public interface Surroundings {
    /// The election; null where the controller is the only one and leads from its start.
    @Nullable Ballot ballot(Controller controller);

    /// The next term of a controller that is the only one.
    long nextTerm();

    /// The journal under a term of the controller's.
    Journal journal(Controller controller, long term);
  }

  /// How an agent hears orders.
  public interface Orders {
    void ordered(ConnectResponse order);
  }

  /// What a caller is told.
  public sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    /// Not decided, or nobody knows whether it was.
    record Unavailable<T>(String reason) implements Answer<T> {}
  }

  /// `lag` is the probability that what the election decides is noticed late by the rest of the
  /// process.
  public Controller(World world, String name, Surroundings surroundings, DoubleSupplier lag) {
    super(world, name);
    this.surroundings = surroundings;
    this.lag = lag;
  }

  /// Starts the process.
  public void start() {
    begin();
    note("starts");
    Ballot ballot = surroundings.ballot(this);
    if (ballot == null) {
      lead(surroundings.nextTerm());
    } else {
      Standing stands = new Standing(this, ballot, name(), new Elected());
      standing = stands;
      beside(stands::begin);
    }
    postAfter(TICK_MILLIS, this::tick);
  }

  @Override
  protected void ended() {
    Standing stood = standing;
    if (stood != null) {
      stood.forget();
    }
    standing = null;
    leadership = null;
    world()
        .after(
            world().between(RESTART_MIN_MILLIS, RESTART_MAX_MILLIS) * World.MILLI,
            () -> {
              if (!isUp()) {
                start();
              }
            });
  }

  /// Leaves in order, and starts again.
  public void stepDown() {
    beside(() -> {
      Standing stands = standing;
      if (stands != null) {
        note("steps down");
        stands.stepDown();
        besideAfter(RESTART_MIN_MILLIS, this::end);
      }
    });
  }

  public boolean leads() {
    Leadership current = leadership;
    return isUp() && !isPaused() && current != null && !current.over && current.core != null;
  }

  /// The term it leads under.
  public long term() {
    Leadership current = leadership;
    return current == null ? 0 : current.term;
  }

  /// The state it decides on, while it leads.
  public @Nullable ControlState state() {
    Leadership current = leadership;
    ControlCore core = current == null ? null : current.core;
    return core == null ? null : core.state();
  }

  private final class Elected implements LeaderElection.Listener {
    @Override
    public void led(long term) {
      notice(() -> {
        note("leads under term %d", term);
        lead(term);
      });
    }

    @Override
    public void fenced(String reason) {
      notice(() -> {
        note("is fenced: %s", reason);
        Leadership current = leadership;
        if (current != null) {
          current.end("this controller no longer leads");
        }
      });
    }

    /// A thread of its own, in order; it may lag behind the clock that a leadership ends by.
    private void notice(Runnable action) {
      long at = Math.max(noticedAtMicros, world().nowMicros());
      if (world().chance(lag.getAsDouble())) {
        world().faults().count(FaultKind.CONTROLLER_LAG);
        at += world().between(World.MILLI, LAG_MAX_MICROS);
      }
      noticedAtMicros = at;
      Life current = life();
      world().after(at - world().nowMicros(), () -> beside(current, action));
    }

    @Override
    public void following(String endpoint) {
      // Clients try every controller.
    }

    @Override
    public void leaderless() {
      // So do they then.
    }
  }

  private void lead(long term) {
    Leadership begun = new Leadership(term);
    leadership = begun;
    post(begun::begin);
  }

  private void tick() {
    Leadership current = leadership;
    if (current != null) {
      current.decide(ControlCore::state);
    }
    postAfter(TICK_MILLIS, this::tick);
  }

  /// Lets the leader decide; `answer` hears of it when everything that was decided is durable.
  public <T> void ask(Function<ControlCore, T> question, Consumer<Answer<T>> answer) {
    post(() -> {
      Leadership current = leadership;
      answer.accept(
          current == null || current.over || current.core == null
              ? new Answer.Unavailable<>("this controller does not lead")
              : current.decide(question));
    });
  }

  /// An agent's stream; what it says is to be handed to the line that is returned.
  public AgentLine accept(Line.End end, NodeId node, Orders orders) {
    Leadership current = leadership;
    AgentLine line = new AgentLine(current, end, node, orders);
    if (current == null || current.over || current.core == null) {
      end.close("this controller does not lead");
    }
    return line;
  }

  /// One agent's stream, in one leadership.
  public final class AgentLine implements Line.Ear {
    private final @Nullable Leadership within;
    private final Line.End end;
    private final NodeId node;
    private final Orders orders;
    private boolean greeted;

    private AgentLine(@Nullable Leadership within, Line.End end, NodeId node, Orders orders) {
      this.within = within;
      this.end = end;
      this.node = node;
      this.orders = orders;
    }

    /// Called where the stream ends at the controller, in its queue.
    public void heard(ConnectRequest message) {
      Leadership current = within;
      if (current == null || current.over) {
        end.close("this controller does not lead");
      } else {
        current.heard(this, message);
      }
    }

    void send(ConnectResponse order) {
      end.send(() -> orders.ordered(order));
    }

    @Override
    public void lost(Line.End ended, String reason) {
      Leadership current = within;
      if (current != null && !current.over && greeted && current.lines.remove(node, this)) {
        note("loses the agent of %s: %s", node, reason);
        current.handle(new AgentEvent.Disconnected(node));
      }
    }
  }

  /// One term of deciding.
  private final class Leadership {
    private final long term;
    private final SequencedMap<NodeId, AgentLine> lines = new TreeMap<>();
    private final WatchedJournal journal;
    private @Nullable ControlCore core;
    private boolean over;

    Leadership(long term) {
      this.term = term;
      this.journal = new WatchedJournal(surroundings.journal(Controller.this, term));
    }

    void begin() {
      if (over) {
        return;
      }
      try {
        core = new ControlCore(journal, () -> 0);
      } catch (RuntimeException e) {
        failed(e);
      }
    }

    void end(String reason) {
      over = true;
      for (AgentLine line : List.copyOf(lines.values())) {
        line.end.close(reason);
      }
      lines.clear();
    }

    void heard(AgentLine line, ConnectRequest message) {
      if (!line.greeted) {
        line.greeted = true;
        line.send(OrderMessages.hello(term));
        AgentLine before = lines.put(line.node, line);
        if (before != null && !before.equals(line)) {
          before.end.close("connected again");
        }
        handle(new AgentEvent.Connected(line.node, AgentMessages.facts(message.getHello())));
      } else if (line.equals(lines.get(line.node))) {
        handle(AgentMessages.event(line.node, message));
      }
    }

    /// A measurement alone never makes an order due; the next tick looks at it.
    void handle(AgentEvent event) {
      decide(
          !(event instanceof AgentEvent.Measured),
          deciding -> {
            deciding.handle(event, clockMillis());
            return true;
          });
    }

    <T> Answer<T> decide(Function<ControlCore, T> question) {
      return decide(true, question);
    }

    private <T> Answer<T> decide(boolean settle, Function<ControlCore, T> question) {
      ControlCore deciding = core;
      if (deciding == null || over) {
        return new Answer.Unavailable<>("this controller does not lead");
      }
      try {
        T answer = question.apply(deciding);
        List<Addressed> due = settle ? deciding.settle(clockMillis()) : List.of();
        for (Addressed addressed : due) {
          AgentLine line = lines.get(addressed.node());
          if (line != null) {
            line.send(OrderMessages.of(term, addressed.order()));
          }
        }
        return new Answer.Given<>(answer);
      } catch (RuntimeException e) {
        if (!journal.takeFailed()) {
          throw new IllegalStateException(name() + " failed to decide", e);
        }
        note("cannot store a decision: %s", String.valueOf(e.getMessage()));
        if (isDeposed(e)) {
          end("this controller no longer leads");
        } else {
          takeStateAgain(deciding);
        }
        return new Answer.Unavailable<>("whether it holds is unknown: " + e.getMessage());
      }
    }

    private static boolean isDeposed(@Nullable Throwable failure) {
      return failure != null
          && (failure instanceof DeposedException || isDeposed(failure.getCause()));
    }

    private void takeStateAgain(ControlCore deciding) {
      try {
        for (AgentLine line : List.copyOf(lines.values())) {
          line.end.close("the controller takes its state again");
          lines.remove(line.node);
          deciding.handle(new AgentEvent.Disconnected(line.node), clockMillis());
        }
        deciding.reload();
      } catch (RuntimeException e) {
        failed(e);
      }
    }

    /// As the program: it ends, and is started again.
    private void failed(RuntimeException e) {
      if (!journal.takeFailed()) {
        throw new IllegalStateException(name() + " failed to begin", e);
      }
      note("cannot read the store and stops: %s", String.valueOf(e.getMessage()));
      die();
    }
  }
}
