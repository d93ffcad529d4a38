package net.bellwether.controller.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidacyTest {
  private static final CandidacyTiming TIMING = CandidacyTiming.STANDARD;
  private final Candidacy candidacy = new Candidacy(TIMING, 0);

  private List<CandidacyOutput> at(long millis, CandidacyInput input) {
    return candidacy.handle(input, millis);
  }

  private List<CandidacyOutput> tick(long millis) {
    return at(millis, new CandidacyInput.Tick());
  }

  /// Leads under term 7 with lease 1, acknowledged as sent at 0.
  private void lead() {
    assertThat(tick(0)).containsExactly(new CandidacyOutput.GrantLease());
    assertThat(at(10, new CandidacyInput.LeaseGranted(1, 0)))
        .containsExactly(new CandidacyOutput.Campaign(1));
    assertThat(at(20, new CandidacyInput.HeldBy("me", 1, 7)))
        .containsExactly(new CandidacyOutput.BecomeLeader(7));
  }

  @Test
  void candidateTakesALeaseAndWins() {
    lead();
    assertThat(candidacy.term()).isEqualTo(7);
    assertThat(candidacy.leadsUntilMillis()).isEqualTo(3_333);
  }

  @Test
  void leaderFencesItselfTwoThirdsOfTheLeaseAfterItSentTheLastKeepAliveThatWasAcknowledged() {
    lead();
    assertThat(tick(1_000)).contains(new CandidacyOutput.KeepAlive(1));
    at(1_400, new CandidacyInput.LeaseKept(1, 1_000));
    assertThat(candidacy.leadsUntilMillis()).isEqualTo(4_333);
    tick(4_332);
    assertThat(candidacy.term()).isEqualTo(7);

    assertThat(tick(4_333))
        .contains(new CandidacyOutput.Fenced("no keep-alive was acknowledged for 3333 ms"));
    assertThat(candidacy.term()).isZero();
  }

  @Test
  void acknowledgementThatWasOnTheWayInTimeKeepsALeaderWhoseThreadWasLate() {
    lead();
    tick(2_000);
    assertThat(at(4_000, new CandidacyInput.LeaseKept(1, 2_000)))
        .doesNotHaveAnyElementsOfTypes(CandidacyOutput.Fenced.class);
  }

  @Test
  void fencedLeaderTakesANewLeaseAndGivesUpWhatHangsOnTheFormer() {
    lead();
    tick(5_000);
    assertThat(at(5_010, new CandidacyInput.LeaseGranted(2, 5_000)))
        .contains(new CandidacyOutput.Campaign(2));
    assertThat(at(5_020, new CandidacyInput.HeldBy("me", 1, 7)))
        .containsExactly(new CandidacyOutput.Resign(1));
    assertThat(at(5_030, new CandidacyInput.LeaderGone(8)))
        .containsExactly(new CandidacyOutput.Campaign(2));
    assertThat(at(5_040, new CandidacyInput.HeldBy("me", 2, 9)))
        .containsExactly(new CandidacyOutput.BecomeLeader(9));
  }

  @Test
  void followerWaitsUntilTheLeaderIsGone() {
    tick(0);
    at(1, new CandidacyInput.LeaseGranted(1, 0));
    assertThat(at(2, new CandidacyInput.HeldBy("other", 9, 5)))
        .containsExactly(new CandidacyOutput.Follow("other"));
    assertThat(tick(900)).isEmpty();
    // Seen before the leader was elected, heard after.
    assertThat(at(901, new CandidacyInput.LeaderGone(4))).isEmpty();
    assertThat(at(902, new CandidacyInput.LeaderGone(6)))
        .containsExactly(new CandidacyOutput.Leaderless(), new CandidacyOutput.Campaign(1));
  }

  @Test
  void campaignThatWasWonWithoutAnAnswerIsRecognised() {
    tick(0);
    at(1, new CandidacyInput.LeaseGranted(1, 0));
    at(2, new CandidacyInput.RequestFailed(CandidacyInput.Request.CAMPAIGN));
    // A watch tells, before the campaign is repeated.
    assertThat(at(50, new CandidacyInput.HeldBy("me", 1, 5)))
        .containsExactly(new CandidacyOutput.BecomeLeader(5));
    assertThat(at(60, new CandidacyInput.HeldBy("me", 1, 5))).isEmpty();
  }

  @Test
  void electionThatIsHeardOfAfterTheFenceIsNotTaken() {
    tick(0);
    at(1, new CandidacyInput.LeaseGranted(1, 0));
    assertThat(at(3_400, new CandidacyInput.HeldBy("me", 1, 5)))
        .doesNotHaveAnyElementsOfTypes(CandidacyOutput.BecomeLeader.class);
  }

  @Test
  void leaderThatIsReplacedOrDeposedFencesItself() {
    lead();
    assertThat(at(100, new CandidacyInput.HeldBy("other", 9, 8)))
        .startsWith(
            new CandidacyOutput.Fenced("another controller leads under term 8"),
            new CandidacyOutput.Follow("other"));
  }

  @Test
  void leaderWhoseKeyIsGoneFencesItself() {
    lead();
    // Of a former leader, heard late.
    assertThat(at(100, new CandidacyInput.LeaderGone(6))).isEmpty();
    assertThat(at(100, new CandidacyInput.HeldBy("other", 9, 6))).isEmpty();
    assertThat(at(100, new CandidacyInput.LeaderGone(8)))
        .startsWith(new CandidacyOutput.Fenced("the leader's key is gone"));
  }

  @Test
  void whoStepsDownFencesItselfBeforeItResignsAndStaysOut() {
    lead();
    assertThat(at(100, new CandidacyInput.StepDown()))
        .containsExactly(
            new CandidacyOutput.Fenced("this controller steps down"),
            new CandidacyOutput.Resign(1));
    assertThat(at(200, new CandidacyInput.LeaderGone(8))).isEmpty();
    assertThat(at(300, new CandidacyInput.LeaseGranted(2, 90)))
        .containsExactly(new CandidacyOutput.Resign(2));
    assertThat(candidacy.wakeAtMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void timingsThatLeaveNoRoomForALostAnswerAreRefused() {
    assertThatThrownBy(() -> new CandidacyTiming(5_000, 2_000, 2_000, 100, 1_000))
        .hasMessageContaining("keepAliveMillis (2000) and answerMillis (2000)");
    assertThatThrownBy(() -> new CandidacyTiming(1_500, 100, 100, 100, 100))
        .hasMessageContaining("ttlMillis (1500) must be whole seconds");
  }

  /// Ten minutes of losses, delays of up to seconds, partitions and depositions, per seed; then
  /// calm.
  @Test
  void neverTwoLeadersWhateverIsLostOrLateAndOneSoonAfterTheCalm() {
    int seeds = Integer.getInteger("bellwether.elections", 150);
    long leaderships = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      VirtualElection world = new VirtualElection(seed, TIMING, 3);
      Random steps = new Random(-seed);
      try {
        for (long millis = 0; millis < 600_000; ) {
          long step = steps.nextInt(10_000);
          world.run(step);
          millis += step;
          world.disturb();
        }
        world.calm();
        world.run(15_000);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      assertThat(world.leaders()).as("leaders after the calm, seed " + seed).hasSize(1);
      leaderships += world.leaderships();
    }
    assertThat(leaderships).isGreaterThan(10L * seeds);
  }

  @Test
  void leaderThatAnOperatorDeposesFencesItselfAndThereIsANextOne() {
    VirtualElection world = new VirtualElection(1, TIMING, 3);
    world.run(5_000);
    world.removeKey();
    world.run(100);
    assertThat(world.leaders()).hasSize(1);
    assertThat(world.leaderships()).isEqualTo(2);
  }

  @Test
  void leaderAloneKeepsItsLeadershipForDays() {
    VirtualElection world = new VirtualElection(1, TIMING, 2);
    world.run(2L * 24 * 3_600_000);
    assertThat(world.leaderships()).isEqualTo(1);
  }

  @Test
  void leaderSurvivesThatTheStoreIsAwayForASecondAndAHalf() {
    VirtualElection world = new VirtualElection(1, TIMING, 2);
    world.run(5_000);
    for (int i = 0; i < 100; i++) {
      world.candidates().forEach(each -> each.cutOff = true);
      world.run(1_500);
      world.calm();
      world.run(3_000);
    }
    assertThat(world.leaderships()).isEqualTo(1);
  }

  @Test
  void standbyTakesOverWithinTheLeaseOfALeaderThatIsCutOff() {
    VirtualElection world = new VirtualElection(1, TIMING, 2);
    world.run(5_000);
    VirtualElection.Candidate first = world.leaders().getFirst();
    first.cutOff = true;
    world.run(5_100);
    assertThat(world.leaders()).hasSize(1).doesNotContain(first);
  }
}
