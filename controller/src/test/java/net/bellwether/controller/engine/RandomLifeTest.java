package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.scheduler.Timetable;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions come and go while agents and the controller die and return, in an order drawn from a
/// seed.
class RandomLifeTest {
  private static final String NETWORK =
      Documents.of("net", "a -4- r1 -6- b", "a -8- r2 -8- b", "b -5- r3 -5- c");
  private static final List<String> NODES = List.of("a", "b", "c", "r1", "r2", "r3");
  private static final List<String> ENDS = List.of("a", "b", "c");

  private final World world = new World(NODES.toArray(String[]::new)).connectAll();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsEverHeldTwiceAndEverythingSettles(long seed) {
    Random random = new Random(seed);
    world.apply(NETWORK, false);
    for (int step = 0; step < 120; step++) {
      act(random, step);
      assertNothingIsHeldTwice();
    }
    for (String node : NODES) {
      if (!world.agent(node).connected) {
        world.agent(node).connect();
      }
    }
    world.pass(15);
    assertSettled();
  }

  private void act(Random random, int step) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        int from = random.nextInt(ENDS.size());
        String to = ENDS.get((from + 1 + random.nextInt(2)) % ENDS.size());
        double rate = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 40;
        double floor = random.nextBoolean() ? 0 : 0.8 + random.nextDouble() * 0.15;
        Opening opening = world.open("q" + step, ENDS.get(from), to, rate, floor);
        assertThat(opening).isInstanceOfAny(Opening.Opened.class, Opening.Refused.class);
      }
      case 3 -> {
        List<Session> live = world.core.state().liveSessions();
        if (!live.isEmpty()) {
          world.close(live.get(random.nextInt(live.size())).id());
        }
      }
      case 4 -> {
        World.FakeAgent agent = world.agent(NODES.get(random.nextInt(NODES.size())));
        if (agent.connected) {
          agent.disconnect();
        } else {
          agent.connect();
        }
      }
      case 5 -> world.restartController();
      default -> world.pass(0.1 + random.nextInt(40) / 10.0);
    }
  }

  /// The timetable itself refuses what overlaps: link time and qubits.
  private void assertNothingIsHeldTwice() {
    ControlState state = world.core.state();
    NetworkView view = NetworkView.declared(state.findNetwork().orElseThrow());
    Timetable timetable = Timetable.EMPTY;
    for (Flow flow : state.flows().values()) {
      for (Generation generation : flow.generations()) {
        if (generation.purpose() instanceof Purpose.Route route) {
          timetable =
              timetable.with(
                  FlowId.of(flow.id() + "-g" + generation.number()),
                  route.plan(),
                  route.grant(),
                  view);
        }
      }
    }
  }

  private void assertSettled() {
    ControlState state = world.core.state();
    assertThat(state.sessions().values())
        .allMatch(s -> s.phase() == Phase.ACTIVE || s.phase() == Phase.CLOSED);
    for (String node : NODES) {
      TreeSet<Held> wanted = new TreeSet<>();
      for (Flow flow : state.flows().values()) {
        Generation target = flow.findTarget().orElseThrow();
        if (target.ruleSets().containsKey(NodeId.of(node))) {
          wanted.add(new Held(flow.id(), target.number()));
        }
      }
      assertThat(world.agent(node).holds.keySet()).isEqualTo(wanted);
      assertThat(world.agent(node).holds.values()).allMatch(frame -> frame > 0);
    }
  }
}
