package net.bellwether.simulation.fault;

import java.util.List;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.simulation.fault.agent.Agent;
import net.bellwether.simulation.fault.control.Controller;
import net.bellwether.simulation.fault.store.StoreAccess;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.NodeId;

/// Lets things go wrong at random times, beside what goes wrong in the middle of requests and
/// writes.
final class Trouble {
  private final FaultWorld at;
  private final World world;

  Trouble(FaultWorld at) {
    this.at = at;
    this.world = at.world;
  }

  void begin() {
    for (FaultKind kind : FaultKind.values()) {
      if (at.severity().kinds().contains(kind)) {
        again(kind);
      }
    }
  }

  private void again(FaultKind kind) {
    world.after(
        world.between(1, 2 * at.severity().meanMicros(kind)),
        () -> {
          if (!at.isCalm()) {
            if (happens(kind)) {
              world.faults().count(kind);
            }
            again(kind);
          }
        });
  }

  /// False where there is nothing it could befall, or it only befalls what is under way.
  private boolean happens(FaultKind kind) {
    return switch (kind) {
      case CONTROLLER_CRASH -> crash(anyController());
      case CONTROLLER_PAUSE -> pause(anyController());
      case CONTROLLER_STEP_DOWN -> stepDown(anyController());
      case STORE_WITHOUT_QUORUM -> {
        if (!at.embedded) {
          at.cluster.loseQuorum(duration());
        }
        yield !at.embedded;
      }
      case STORE_UNREACHABLE -> unreachable(anyController());
      case STORE_COMPACTION -> {
        at.cluster.compact();
        yield true;
      }
      case AGENT_CRASH -> crash(anyAgent());
      case DEVICE_LOST -> deviceLost(anyAgent());
      case PARTITION -> partition();
      case PEERS_CUT -> peersCut();
      case STREAM_BROKEN -> {
        at.net.breakStreams(world.chance(0.5) ? anyAgent() : anyController(), "connection reset");
        yield true;
      }
      case WALL_CLOCK_JUMP -> {
        anyAgent().jumpWallClock(world.between(-3_600, 3_600));
        yield true;
      }
      case LINK_CUT -> linkCut();
      case CONTROLLER_LAG,
          STORE_ANSWER_LOST,
          STORE_WRITE_LATE,
          STORE_SLOW,
          AGENT_STALL,
          ORDERS_DISK_FULL,
          LEDGER_DISK_FAILED,
          MESSAGE_LOST ->
          false;
    };
  }

  private long duration() {
    return world.chance(0.6)
        ? world.between(World.MILLI, 2 * World.SECOND)
        : world.between(2 * World.SECOND, 12 * World.SECOND);
  }

  private Controller anyController() {
    Controller leader = at.leader();
    return leader != null && world.chance(0.6)
        ? leader
        : world.oneOf(List.copyOf(at.controllers.keySet()));
  }

  private Agent anyAgent() {
    return world.oneOf(List.copyOf(at.agents.values()));
  }

  private boolean crash(Host host) {
    if (host.isUp()) {
      host.note("crashes");
      host.end();
      return true;
    }
    return false;
  }

  private boolean pause(Controller controller) {
    if (!controller.isUp()) {
      return false;
    }
    long micros = duration();
    controller.note("is stopped for %.2f s", micros / 1e6);
    controller.pause(micros);
    at.net.silent(controller, micros);
    return true;
  }

  private boolean stepDown(Controller controller) {
    controller.stepDown();
    return controller.isUp() && !at.embedded;
  }

  private boolean unreachable(Controller controller) {
    StoreAccess access = at.controllers.get(controller);
    if (at.embedded || access == null) {
      return false;
    }
    access.cut(duration());
    return true;
  }

  private boolean deviceLost(Agent agent) {
    if (!agent.isWorking()) {
      return false;
    }
    agent.loseDevice(world.between(World.MILLI, 3 * World.SECOND));
    return true;
  }

  /// Between an agent and a controller, or between the key managers of two agents.
  private boolean partition() {
    Host one = anyAgent();
    Host other = world.chance(0.7) ? anyController() : anyAgent();
    long micros = duration();
    boolean oneWay = world.chance(0.4);
    at.net.cut(one.name(), other.name(), micros);
    if (!oneWay) {
      at.net.cut(other.name(), one.name(), micros);
    }
    return true;
  }

  /// Messages about pairs from one agent to another are lost.
  private boolean peersCut() {
    NodeId from = anyAgent().node();
    NodeId to = anyAgent().node();
    if (from.equals(to)) {
      return false;
    }
    long micros = world.between(World.MILLI, 3 * World.SECOND);
    world
        .timeline()
        .add("network", "peer messages from %s to %s are lost for %.2f s", from, to, micros / 1e6);
    at.nature.lose(from, to);
    at.network.nodes().keySet().forEach(node -> at.dataPlane.disturb(node, micros));
    world.after(micros, () -> at.nature.carry(from, to));
    return true;
  }

  private boolean linkCut() {
    Link link = world.oneOf(List.copyOf(at.network.links().values()));
    long micros = world.between(World.MILLI, 8 * World.SECOND);
    world.timeline().add("nature", "link %s is cut for %.2f s", link.id(), micros / 1e6);
    at.nature.befall(new Happening.CutLink(link.id()));
    for (NodeId node : List.of(link.a(), link.b())) {
      at.dataPlane.disturb(node, micros);
    }
    world.after(micros, () -> at.nature.befall(new Happening.RepairLink(link.id())));
    return true;
  }
}
