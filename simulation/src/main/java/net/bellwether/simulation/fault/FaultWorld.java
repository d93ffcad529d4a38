package net.bellwether.simulation.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.agent.control.OrderRecord;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.ledger.DurableRecords;
import net.bellwether.controller.engine.Journal;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.store.StateStore;
import net.bellwether.simulation.fault.agent.Agent;
import net.bellwether.simulation.fault.agent.OrderDisk;
import net.bellwether.simulation.fault.bug.BadLedgerDisk;
import net.bellwether.simulation.fault.bug.Bug;
import net.bellwether.simulation.fault.bug.ForgetfulPlanner;
import net.bellwether.simulation.fault.bug.ForgetfulStore;
import net.bellwether.simulation.fault.bug.StuckEpoch;
import net.bellwether.simulation.fault.bug.UnsyncedOrders;
import net.bellwether.simulation.fault.client.Caller;
import net.bellwether.simulation.fault.client.Operator;
import net.bellwether.simulation.fault.client.Tenant;
import net.bellwether.simulation.fault.control.Controller;
import net.bellwether.simulation.fault.key.Consumers;
import net.bellwether.simulation.fault.key.Distilling;
import net.bellwether.simulation.fault.key.KeyManager;
import net.bellwether.simulation.fault.key.LedgerDisk;
import net.bellwether.simulation.fault.key.Material;
import net.bellwether.simulation.fault.promise.Promises;
import net.bellwether.simulation.fault.store.Ballot;
import net.bellwether.simulation.fault.store.StoreAccess;
import net.bellwether.simulation.fault.store.StoreClient;
import net.bellwether.simulation.fault.store.StoreCluster;
import net.bellwether.simulation.fault.world.Net;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ConnectResponse;
import org.jspecify.annotations.Nullable;

/// Everything there is in one world, put together: store, controllers, agents with their key
/// managers, nature, tenants, an operator, consumers.
final class FaultWorld {
  private static final long FRAME_MICROS = 100 * World.MILLI;
  private static final long WATCH_MICROS = 500 * World.MILLI;
  private static final long PAIRS_PER_BLOCK = 3;

  final World world;
  final Promises promises = new Promises();
  final GroundPlan plan;
  final Network network;
  final VirtualNetwork nature;
  final Net net;
  final StoreCluster cluster;
  final boolean embedded;
  final SequencedMap<Controller, StoreAccess> controllers = new LinkedHashMap<>();
  final SequencedMap<NodeId, Agent> agents = new TreeMap<>();
  final List<Tenant> tenants = new ArrayList<>();
  final Operator operator;
  final DataPlane dataPlane;
  private final Severity severity;
  private final Bug bug;
  private final SequencedMap<NodeId, OrderDisk> orderDisks = new TreeMap<>();
  private final SequencedMap<NodeId, LedgerDisk> ledgerDisks = new TreeMap<>();
  private final Map<FlowId, Distilling> distilling = new TreeMap<>();
  private final Material material = new Material();
  private long lastTerm;
  private boolean calm;

  /// Of what any leader last made durable.
  ControlState state = ControlState.EMPTY;

  FaultWorld(long seed, Bug bug) {
    this.bug = bug;
    world = new World(seed);
    severity = Severity.drawn(world, bug);
    plan = world.oneOf(List.of(GroundPlan.values()));
    network = plan.network();
    nature = new VirtualNetwork(network, world.between(0, Long.MAX_VALUE - 1), false);
    net = new Net(world);
    cluster = new StoreCluster(world, promises.terms());
    embedded = bug == Bug.NONE && world.chance(0.15);
    dataPlane = new DataPlane(world, promises.dataPlane());
    for (int i = 1; i <= (embedded ? 1 : 3); i++) {
      Controller controller =
          new Controller(
              world, "controller-" + i, new ForController(), () -> calm ? 0 : severity.lag());
      controllers.put(controller, new StoreAccess(cluster, controller, severity.store(embedded)));
    }
    for (NodeId node : network.nodes().keySet()) {
      Agent agent = new Agent(world, node, new ForAgent());
      agents.put(node, agent);
      orderDisks.put(node, new OrderDisk(agent, severity.orders()));
      ledgerDisks.put(node, new LedgerDisk(agent, severity.ledger()));
    }
    List<Controller> all = List.copyOf(controllers.keySet());
    operator = new Operator(world, new Caller(world, all, this::lost), promises.acknowledged());
    for (String name : List.of("acme", "umbra")) {
      tenants.add(
          new Tenant(
              world,
              name,
              new Caller(world, all, this::lost),
              promises.acknowledged(),
              this::begins));
    }
    world
        .timeline()
        .add(
            "world",
            "%s, %s",
            plan,
            embedded ? "one controller and its store" : "three controllers");
  }

  Severity severity() {
    return severity;
  }

  /// Starts everything.
  void start() {
    controllers.keySet().forEach(Controller::start);
    agents.values().forEach(agent -> world.after(world.between(0, World.SECOND), agent::start));
    world.after(FRAME_MICROS, this::passFrame);
    world.after(WATCH_MICROS, this::watchRoutes);
  }

  private void passFrame() {
    nature.advance();
    promises.capacity().asked(nature.overcommitted());
    agents.values().forEach(Agent::framePassed);
    world.after(FRAME_MICROS, this::passFrame);
  }

  private void watchRoutes() {
    dataPlane.look();
    for (Session session : state.liveSessions()) {
      Generation generation =
          state.findFlow(session.id()).filter(Flow::wanted).flatMap(Flow::findTarget).orElse(null);
      if (generation != null
          && generation.ruleSets().keySet().stream()
              .allMatch(node -> runs(node, session.id(), generation.number()))) {
        dataPlane.watch(
            new DataPlane.Route(
                session.id(),
                generation.number(),
                generation.ruleSets().keySet(),
                session.request().fromNode(),
                session.promisedPairsPerSecond()));
      }
    }
    world.after(WATCH_MICROS, this::watchRoutes);
  }

  private boolean runs(NodeId node, FlowId flow, long generation) {
    Agent agent = agents.get(node);
    return agent != null
        && agent.isWorking()
        && nature.node(node).engine().installed().stream()
            .anyMatch(each ->
                each.ruleSet().flow().equals(flow)
                    && each.ruleSet().generation() == generation
                    && each.isActive()
                    && each.activeFromFrame() <= nature.frame());
  }

  /// A session was acknowledged: its consumers begin.
  private void begins(Tenant tenant, Session session) {
    if (distilling.containsKey(session.id())) {
      return;
    }
    NodeId from = session.request().fromNode();
    NodeId to = session.request().toNode();
    Distilling distils =
        new Distilling(
            world,
            net,
            this::lost,
            session.id(),
            from,
            to,
            this::keys,
            id -> dataPlane.take(id, from, to, PAIRS_PER_BLOCK),
            material);
    distilling.put(session.id(), distils);
    distils.begin();
    new Consumers(world, this::lost, tenant.name(), this::keys)
        .begin(
            new Consumers.App(from, session.request().fromSae()),
            new Consumers.App(to, session.request().toSae()));
  }

  /// Probability that a single message is lost.
  private double lost() {
    return calm ? 0 : severity.lost();
  }

  @Nullable KeyManager keys(NodeId node) {
    Agent agent = agents.get(node);
    return agent == null || !agent.isUp() ? null : agent.keys();
  }

  /// The controller that leads, if it knows: of several that believe so, the one of the highest
  /// term.
  @Nullable Controller leader() {
    return controllers.keySet().stream()
        .filter(Controller::leads)
        .max(Comparator.comparingLong(Controller::term))
        .orElse(null);
  }

  /// Nothing befalls anything from now on.
  void calm() {
    calm = true;
    world.timeline().add("world", "all faults end");
    cluster.regainQuorum();
    controllers.values().forEach(StoreAccess::calm);
    orderDisks.values().forEach(OrderDisk::calm);
    ledgerDisks.values().forEach(LedgerDisk::calm);
    net.heal();
    for (NodeId from : network.nodes().keySet()) {
      network.nodes().keySet().forEach(to -> nature.carry(from, to));
    }
  }

  boolean isCalm() {
    return calm;
  }

  /// What controllers are given.
  private final class ForController implements Controller.Surroundings {
    @Override
    public @Nullable Ballot ballot(Controller controller) {
      return embedded ? null : new Ballot(cluster, access(controller));
    }

    private StoreAccess access(Controller controller) {
      return Objects.requireNonNull(controllers.get(controller));
    }

    @Override
    public long nextTerm() {
      return ++lastTerm;
    }

    @Override
    public Journal journal(Controller controller, long term) {
      boolean guarded =
          !embedded && bug != Bug.STORE_IGNORES_TERM && bug != Bug.STORE_REPEATS_TERMS;
      Checked checked = new Checked(controller.name(), term);
      StateStore store =
          new StoreClient(
              cluster,
              access(controller),
              bug == Bug.STORE_REPEATS_TERMS ? 1 : term,
              guarded,
              controller.name() + " of term " + term,
              checked::whenApplied);
      if (bug == Bug.STORE_FORGETS) {
        store = new ForgetfulStore(store, cluster, world);
      }
      checked.journal = new StoreJournal(store);
      return bug == Bug.PLANNER_FORGETS_SESSIONS ? new ForgetfulPlanner(checked) : checked;
    }
  }

  /// Looks at every state that is stored, at the moment it is, and at those that leaders begin
  /// with.
  private final class Checked implements Journal {
    private final String leader;
    private final long term;
    private @Nullable Journal journal;
    private ControlState going = ControlState.EMPTY;

    Checked(String leader, long term) {
      this.leader = leader;
      this.term = term;
    }

    private Journal journal() {
      return Objects.requireNonNull(journal);
    }

    @Override
    public ControlState load() {
      ControlState loaded = journal().load();
      // Who has been deposed meanwhile decides nothing.
      if (embedded || cluster.leads(term)) {
        promises.acknowledged().decides(leader, loaded);
        state = loaded;
      }
      return loaded;
    }

    @Override
    public ControlState commit(ControlState before, ControlState after) {
      going = after;
      return journal().commit(before, after);
    }

    Runnable whenApplied() {
      ControlState applying = going;
      return () -> {
        promises.capacity().committed(network, applying);
        promises.acknowledged().stores(leader, applying);
        note(state, applying);
        state = applying;
      };
    }

    private void note(ControlState before, ControlState stored) {
      for (Session session : stored.sessions().values()) {
        Session known = before.sessions().get(session.id());
        if (known == null || known.phase() != session.phase()) {
          world
              .timeline()
              .add(
                  "state",
                  "session %s is %s %s",
                  session.id(),
                  session.phase(),
                  session.shortfall());
        }
      }
    }
  }

  /// What agents are given.
  private final class ForAgent implements Agent.Surroundings {
    @Override
    public Network declared() {
      return network;
    }

    @Override
    public VirtualNetwork network() {
      return nature;
    }

    @Override
    public Net net() {
      return net;
    }

    @Override
    public List<Controller> controllers() {
      return List.copyOf(controllers.keySet());
    }

    @Override
    public Promises promises() {
      return promises;
    }

    @Override
    public OrderRecord orders(Agent agent) {
      OrderRecord disk = Objects.requireNonNull(orderDisks.get(agent.node()));
      return switch (bug) {
        case ORDERS_UNSYNCED -> new UnsyncedOrders(disk, agent);
        case BOOT_EPOCH_STUCK -> new StuckEpoch(disk);
        default -> disk;
      };
    }

    @Override
    public DurableRecords ledger(Agent agent) {
      LedgerDisk disk = Objects.requireNonNull(ledgerDisks.get(agent.node()));
      // What the last life did not sync is gone.
      disk.rollback();
      return switch (bug) {
        case LEDGER_UNSYNCED -> new BadLedgerDisk(disk, world, 0.7, 0);
        case KEY_BITS_DIFFER -> new BadLedgerDisk(disk, world, 0, 0.05);
        default -> disk;
      };
    }

    @Override
    public KeyManager keys(Agent agent, DurableRecords ledger) {
      return new KeyManager(
          agent, agent.node(), net, FaultWorld.this::lost, promises, FaultWorld.this::keys, ledger);
    }

    @Override
    public @Nullable ConnectResponse order(ConnectResponse received, long highestTerm) {
      if (bug == Bug.AGENT_TAKES_LOWER_TERMS && received.getTerm() < highestTerm) {
        return received.toBuilder().setTerm(highestTerm).build();
      }
      return bug == Bug.AGENT_IGNORES_REMOVAL && received.hasRemove() ? null : received;
    }

    @Override
    public void worked(Agent agent) {
      if (bug == Bug.HERALDS_OF_ANOTHER_GENERATION) {
        nature.node(agent.node()).mixUpGenerations();
      }
    }

    @Override
    public void ordered(Agent agent, FlowId flow) {
      dataPlane.change(flow);
    }

    @Override
    public void alone(Agent agent) {
      if (bug == Bug.AGENT_STOPS_ALONE) {
        agent.forgetRules();
      }
    }

    @Override
    public void disturbed(Agent agent, long micros) {
      dataPlane.disturb(agent.node(), micros);
    }

    @Override
    public void delivered(Agent agent, DeliveredPair pair) {
      dataPlane.delivered(agent.node(), pair);
    }
  }
}
