package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.controller.intent.Application;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.topology.id.FlowId;
import org.junit.jupiter.api.Test;

class TopologyUnderSessionsTest {
  private static final String TWO_WAYS = Documents.of("ways", "a -4- r1 -6- b", "a -8- r2 -8- b");

  private static World world() {
    World world = new World("a", "r1", "r2", "b").connectAll();
    world.apply(TWO_WAYS, false);
    return world;
  }

  @Test
  void sessionWhoseNodesAndLinksAreUnchangedKeepsItsPlan() {
    World world = world();
    Session session = world.opened("q", "a", "b", 1, 0.8);
    world.pass(5);
    Flow before = world.core.state().findFlow(session.id()).orElseThrow();
    Application result =
        world.apply(Documents.of("ways", "a -4- r1 -6- b", "a -9- r2 -8- b"), false);
    assertThat(result)
        .isInstanceOfSatisfying(
            Application.Applied.class,
            applied -> {
              assertThat(applied.kept()).containsExactly("s-1");
              assertThat(applied.replanned()).isEmpty();
            });
    assertThat(world.core.state().findFlow(session.id())).contains(before);
  }

  @Test
  void changeUnderASessionIsRefusedByNameAndChangesNothing() {
    World world = world();
    world.opened("q", "a", "b", 1, 0.8);
    world.pass(5);
    var before = world.core.state();
    Application result = world.apply(Documents.of("ways", "a -8- r2 -8- b"), false);
    assertThat(result)
        .isInstanceOfSatisfying(
            Application.Refused.class,
            refused -> assertThat(refused.affected()).singleElement().asString().contains("s-1"));
    assertThat(world.core.state()).isEqualTo(before);
  }

  @Test
  void replannedSessionMovesWithoutAGap() {
    World world = world();
    Session session = world.opened("q", "a", "b", 1, 0.8);
    world.pass(5);
    world.agent("r2").disconnect();
    world.apply(Documents.of("ways", "a -4- r1", "a -8- r2 -8- b"), true);
    world.pass(5);
    // Until the new rules can run everywhere the old ones do, at both ends.
    assertThat(world.agent("a").generations(session.id())).contains(1L);
    world.agent("r2").connect();
    world.pass(6);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    assertThat(world.agent("a").generations(session.id())).containsExactly(2L);
    assertThat(world.core.state().findFlow(session.id()).orElseThrow().generations()).hasSize(1);
  }

  @Test
  void sessionThatHasNoWayLeftIsDegradedAndComesBackWithOne() {
    World world = world();
    Session session = world.opened("q", "a", "b", 1, 0.8);
    world.pass(5);
    world.apply(Documents.of("ways", "a -4- r1", "r2 -8- b"), true);
    world.pass(2);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.DEGRADED);
    assertThat(world.session(session.id()).shortfall()).contains("topology");
    assertThat(world.agent("a").holdsFlow(session.id())).isFalse();
    world.apply(TWO_WAYS, true);
    world.pass(10);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    assertThat(world.agent("a").generations(session.id())).containsExactly(2L);
  }

  @Test
  void testFlowOfARemovedLinkGoesAndAChangedOneGetsAFurtherGeneration() {
    World world = world().pass(3);
    world.apply(Documents.of("ways", "a -5- r1 -6- b"), false);
    world.pass(6);
    assertThat(world.agent("a").generations(FlowId.of("test-a-r1-only"))).containsExactly(2L);
    assertThat(world.agent("a").holdsFlow(FlowId.of("test-a-r2-only"))).isFalse();
  }

  @Test
  void sameDocumentAgainChangesNothing() {
    World world = world().pass(3);
    long revision = world.journal.revision;
    world.apply(TWO_WAYS, false);
    assertThat(world.journal.revision).isEqualTo(revision);
  }

  @Test
  void sentenceOfASessionWithoutAWayDoesNotGrow() {
    World world = world();
    Session session = world.opened("q", "a", "b", 1, 0.8);
    world.pass(5);
    world.apply(Documents.of("ways", "a -4- r1", "r2 -8- b"), true);
    world.pass(6);
    String first = world.session(session.id()).shortfall();
    for (int km = 5; km < 9; km++) {
      world.apply(Documents.of("ways", "a -" + km + "- r1", "r2 -8- b"), true);
      world.pass(6);
    }
    assertThat(world.session(session.id()).shortfall()).isEqualTo(first);
  }

  @Test
  void nodeThatTheNewRulesLeaveOutStopsWhenTheyTakeOver() {
    World world = world();
    Session session = world.opened("q", "a", "b", 1, 0.8);
    world.pass(5);
    world.apply(Documents.of("ways", "a -5- r1 -9- b", "a -1- r2 -1- b"), true);
    world.pass(0.4);
    assertThat(world.agent("r1").holdsFlow(session.id())).isTrue();
    world.pass(1);
    assertThat(world.agent("r1").holdsFlow(session.id())).isFalse();
    // A node that stays has ended the old rules itself, at the frame of the new ones.
    assertThat(world.agent("a").generations(session.id())).containsExactly(1L, 2L);
  }

  @Test
  void roundsOfAClosingSessionStayHeldThoughItsModeIsDeclaredNoMore() {
    String before = Documents.of("one", "a -4- b");
    World world = new World("a", "b").connectAll();
    world.apply(before, false);
    Session session = world.opened("q", "a", "b", 0, 0.8);
    world.pass(3);
    world.agent("a").disconnect();
    world.close(session.id());
    world.apply(before.replace("name: only", "name: other"), false);
    world.pass(5);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSING);
    assertThat(world.open("q2", "a", "b", 0, 0.8)).isInstanceOf(Opening.Refused.class);
    world.agent("a").connect();
    world.pass(5);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSED);
    world.opened("q3", "a", "b", 0, 0.8);
  }

  @Test
  void sessionIsPlannedAnewHoweverManyOthersCannotBe() {
    World world = new World("a", "b", "c", "d").connectAll();
    world.apply(Documents.of("pairs", "a -4- b", "c -4- d"), false);
    for (int i = 0; i < 8; i++) {
      world.opened("q" + i, "a", "b", 1, 0.8);
    }
    Session last = world.opened("last", "c", "d", 1, 0.8);
    world.pass(3);
    world.apply(Documents.of("pairs", "a -4- r1", "r2 -4- b", "c -4- r3", "r4 -4- d"), true);
    world.pass(10);
    assertThat(world.session(last.id()).phase()).isEqualTo(Phase.DEGRADED);
    for (int i = 0; i < 20; i++) {
      // The view changes all the time, so that everybody is worth another attempt.
      world.apply(Documents.of("pairs", "a -" + (5 + i) + "- r1", "r2 -4- b", "c -4- d"), true);
      world.pass(1);
    }
    assertThat(world.session(last.id()).phase()).isEqualTo(Phase.ACTIVE);
  }
}
