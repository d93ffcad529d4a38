package net.bellwether.simulation.fault.agent;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.bellwether.agent.control.ControlDesk;
import net.bellwether.agent.control.OrderRecord;
import net.bellwether.agent.control.StandingOrders;
import net.bellwether.agent.control.Telemetry;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.agent.ledger.DurableRecords;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.simulation.fault.control.Controller;
import net.bellwether.simulation.fault.key.KeyManager;
import net.bellwether.simulation.fault.promise.Promises;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.Line;
import net.bellwether.simulation.fault.world.Net;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.simulation.network.NodeWatch;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.v1.AgentHello;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.Inventory;
import net.bellwether.wire.Vocabulary;
import org.jspecify.annotations.Nullable;

/// The agent of one node: the product's control desk, standing orders and rule engine, its key
/// manager in the same process, and its stream to whichever controller leads.
public final class Agent extends Host {
  private static final long TELEMETRY_MILLIS = 500;
  private static final long REDIAL_MIN_MILLIS = 50;
  private static final long REDIAL_MAX_MILLIS = 1_500;
  private static final long RESTART_MIN_MILLIS = 100;
  private static final long RESTART_MAX_MILLIS = 3_000;

  private final NodeId node;
  private final Surroundings surroundings;
  private final Promises promises;
  private @Nullable Work work;

  /// What an agent is given.
  public interface Surroundings {
    Network declared();

    VirtualNetwork network();

    Net net();

    /// The controllers it may dial, in turn.
    List<Controller> controllers();

    Promises promises();

    OrderRecord orders(Agent agent);

    DurableRecords ledger(Agent agent);

    KeyManager keys(Agent agent, DurableRecords ledger);

    /// What reaches the desk of an order that was received.
    @Nullable ConnectResponse order(ConnectResponse received, long highestTerm);

    /// It has begun to work with its device.
    void worked(Agent agent);

    /// Something befalls it until `micros` from now.
    void disturbed(Agent agent, long micros);

    /// It obeys an order about a flow.
    void ordered(Agent agent, FlowId flow);

    /// The stream to the controller is lost.
    void alone(Agent agent);

    /// A pair is finished here.
    void delivered(Agent agent, DeliveredPair pair);
  }

  public Agent(World world, NodeId node, Surroundings surroundings) {
    super(world, "agent-" + node);
    this.node = node;
    this.surroundings = surroundings;
    this.promises = surroundings.promises();
  }

  public NodeId node() {
    return node;
  }

  /// Its key manager in this life, where it has got so far.
  public @Nullable KeyManager keys() {
    Work current = work;
    return current == null ? null : current.keys;
  }

  /// Whether it runs and has its device.
  public boolean isWorking() {
    Work current = work;
    return isUp() && current != null && current.attached;
  }

  /// Forgets all rules, on its own account.
  public void forgetRules() {
    Work current = work;
    if (current != null) {
      current.engine.installed().stream()
          .map(each -> each.ruleSet().flow())
          .distinct()
          .toList()
          .forEach(flow -> current.engine.remove(flow, Long.MAX_VALUE));
    }
  }

  /// Starts the process.
  public void start() {
    begin();
    post(() -> {
      try {
        Work begun = new Work();
        work = begun;
        begun.resume();
      } catch (UncheckedIOException | LedgerUnavailableException e) {
        note("cannot start: %s", String.valueOf(e.getMessage()));
        die();
      }
    });
  }

  @Override
  protected void ended() {
    work = null;
    surroundings.disturbed(this, 0);
    surroundings.network().stop(node);
    promises.obedience().crashed(node);
    world()
        .after(
            world().between(RESTART_MIN_MILLIS, RESTART_MAX_MILLIS) * World.MILLI,
            () -> {
              if (!isUp()) {
                start();
              }
            });
  }

  /// The device cannot be reached for a while.
  public void loseDevice(long micros) {
    Work current = work;
    if (current != null && current.attached) {
      note("loses its device for %.2f s", micros / 1e6);
      surroundings.disturbed(this, micros);
      current.attached = false;
      surroundings.network().detach(node);
      world()
          .after(
              micros,
              () -> {
                if (current.equals(work)) {
                  post(current::attach);
                }
              });
    }
  }

  /// A frame has passed: what it brought is made durable, as after every batch of events.
  public void framePassed() {
    Work current = work;
    if (current != null) {
      post(current::flush);
    }
  }

  /// One life of the process.
  private final class Work {
    private final StandingOrders orders;
    private final RuleEngine engine;
    private final KeyManager keys;
    private final ControlDesk desk;
    private final Telemetry telemetry = new Telemetry();
    private @Nullable Connection connection;
    private boolean attached;
    private boolean dialling;
    private int dialled = (int) world().between(0, 2);

    Work() {
      orders = StandingOrders.open(surroundings.orders(Agent.this), wallSeconds());
      note("starts, epoch %d, term %d", orders.bootEpoch(), orders.term());
      surroundings.network().start(node, orders.bootEpoch());
      engine = surroundings.network().node(node).engine();
      surroundings.network().node(node).watchBy(new Watch());
      keys = surroundings.keys(Agent.this, surroundings.ledger(Agent.this));
      desk = new ControlDesk(node, engine, orders, (_, _) -> {}, keys::put);
    }

    void resume() {
      promises.answers().resumed(node, recorded());
      desk.resume();
      flush();
      postAfter(world().between(10, 400), this::attach);
    }

    private Set<Held> recorded() {
      Set<Held> recorded = new TreeSet<>();
      orders
          .prepared()
          .forEach(order ->
              recorded.add(
                  new Held(
                      FlowId.of(order.getRuleSet().getFlow()),
                      order.getRuleSet().getGeneration())));
      return recorded;
    }

    private List<LinkId> links() {
      return surroundings.declared().links().values().stream()
          .filter(link -> link.a().equals(node) || link.b().equals(node))
          .map(link -> link.id())
          .toList();
    }

    void attach() {
      desk.attached(links(), declared().communicationQubits().count());
      surroundings.network().attach(node);
      attached = true;
      surroundings.worked(Agent.this);
      surroundings.disturbed(Agent.this, 0);
      flush();
      if (!dialling) {
        dialling = true;
        dial();
        postAfter(TELEMETRY_MILLIS, this::report);
      }
    }

    private Node declared() {
      return surroundings.declared().node(node);
    }

    private void dial() {
      List<Controller> controllers = surroundings.controllers();
      Controller controller = controllers.get(dialled++ % controllers.size());
      Connection dialling = new Connection();
      connection = dialling;
      surroundings
          .net()
          .dial(
              Agent.this,
              controller,
              dialling,
              far -> {
                Controller.AgentLine line = controller.accept(far, node, dialling::ordered);
                dialling.accepted = line;
                return line;
              });
    }

    private List<ConnectRequest> greeting() {
      AgentHello hello =
          AgentHello.newBuilder()
              .setNode(node.value())
              .setVersion("simulated")
              .setBootEpoch(orders.bootEpoch())
              .setPeerEndpoint(node + ":1")
              .setNetworkTime(Vocabulary.toProto(engine.completeUntil()))
              .setInventory(
                  Inventory.newBuilder()
                      .setCommunicationQubitCount(declared().communicationQubits().count())
                      .setMemoryQubitCount(declared().memoryQubits().count())
                      .addAllLinks(links().stream().map(LinkId::value).toList())
                      .setDriver("simulated"))
              .build();
      return List.of(ConnectRequest.newBuilder().setHello(hello).build(), desk.installed());
    }

    void flush() {
      try {
        List<ConnectRequest> answers = desk.commit();
        promises.obedience().recorded(node);
        for (ConnectRequest answer : answers) {
          if (answer.hasPrepareResult() && answer.getPrepareResult().getAccepted()) {
            Held held =
                new Held(
                    FlowId.of(answer.getPrepareResult().getFlow()),
                    answer.getPrepareResult().getGeneration());
            promises.answers().accepted(node, held);
          }
          say(answer);
        }
      } catch (UncheckedIOException e) {
        note("cannot record orders");
        Connection current = connection;
        if (current != null) {
          current.giveUp("the node cannot record orders");
        }
      }
    }

    private void say(ConnectRequest message) {
      Connection current = connection;
      if (current != null) {
        current.say(message);
      }
    }

    private void report() {
      Connection current = connection;
      if (current != null && current.spoken) {
        // Devices' clocks agree here, and nobody measures them.
        say(
            ConnectRequest.newBuilder()
                .setTelemetry(telemetry.take(engine, new TreeMap<>()))
                .build());
      }
      postAfter(TELEMETRY_MILLIS, this::report);
    }

    /// One stream to one controller.
    private final class Connection implements Line.Ear {
      private Controller.@Nullable AgentLine accepted;
      private Line.@Nullable End end;
      private boolean spoken;

      @Override
      public void opened(Line.End opened) {
        end = opened;
        greeting().forEach(this::say);
      }

      void say(ConnectRequest message) {
        Controller.AgentLine line = accepted;
        Line.End open = end;
        if (line != null && open != null) {
          open.send(() -> line.heard(message));
        }
      }

      void ordered(ConnectResponse received) {
        spoken = true;
        ConnectResponse order = surroundings.order(received, orders.term());
        if (order == null) {
          return;
        }
        switch (desk.handle(order)) {
          case OBEYED -> obeyed(received);
          case STALE_TERM -> {
            note("refuses term %d, has obeyed %d", order.getTerm(), orders.term());
            giveUp("a higher term was obeyed");
          }
          case NOT_RECORDED -> {
            note("cannot record a key session");
            giveUp("the node cannot record key sessions");
          }
        }
        flush();
      }

      private void obeyed(ConnectResponse order) {
        promises.obedience().obeyed(node, order.getTerm());
        if (order.hasRemove()) {
          promises
              .answers()
              .removed(node, order.getRemove().getFlow(), order.getRemove().getUpToGeneration());
        }
        if (!order.hasHello()) {
          note("obeys %s", Orders.text(order));
          Orders.flow(order).ifPresent(flow -> surroundings.ordered(Agent.this, flow));
        }
      }

      void giveUp(String reason) {
        Line.End open = end;
        if (open != null) {
          open.close(reason);
          gone();
        }
      }

      private void gone() {
        if (this.equals(connection)) {
          connection = null;
          surroundings.alone(Agent.this);
          postAfter(world().between(REDIAL_MIN_MILLIS, REDIAL_MAX_MILLIS), Work.this::dial);
        }
      }

      @Override
      public void lost(Line.End lost, String reason) {
        if (spoken) {
          note("loses the controller: %s", reason);
        }
        gone();
      }
    }

    /// Sees what the rule engine does.
    private final class Watch implements NodeWatch {
      @Override
      public void heralded(Herald herald) {
        promises.generations().handled(node, herald.pair(), herald.flow(), herald.generation());
      }

      @Override
      public void commanded(DeviceCommand command, boolean done) {
        if (done && command instanceof DeviceCommand.Swap swap) {
          promises.generations().named(node, swap.result());
        }
      }

      @Override
      public void delivered(DeliveredPair pair) {
        PairId id = pair.pair();
        promises.generations().delivered(node, id, pair.flow(), pair.generation());
        surroundings.delivered(Agent.this, pair);
      }

      @Override
      public void tested(TestOutcome outcome) {
        telemetry.add(List.of(outcome));
      }

      @Override
      public void forgotten(FlowId flow, long generation) {
        desk.forgotten(flow, generation);
        promises.answers().forgotten(node, new Held(flow, generation));
      }
    }
  }
}
