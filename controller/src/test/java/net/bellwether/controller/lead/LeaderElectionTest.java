package net.bellwether.controller.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.etcd.EtcdBallot;
import net.bellwether.controller.store.etcd.EtcdClient;
import net.bellwether.controller.store.etcd.EtcdCluster;
import net.bellwether.controller.store.etcd.EtcdStateStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Elections in a real etcd of three members.
class LeaderElectionTest {
  /// The shortest that etcd and the fence allow, so that takeovers take little time.
  static final CandidacyTiming SHORT = new CandidacyTiming(2_000, 400, 400, 50, 500);

  private static EtcdCluster etcd;

  @TempDir Path directory;
  private EtcdClient client;
  private EtcdBallot ballot;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void startEtcd() {
    etcd = EtcdCluster.start(3);
  }

  @AfterAll
  static void stopEtcd() {
    etcd.close();
  }

  @BeforeEach
  void openBallot() {
    client = new EtcdClient(etcd.config().withPrefix("/" + directory.getFileName() + "/"));
    ballot = EtcdBallot.open(client, "test.example", InstantSource.system(), 0);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    client.close();
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  /// What a controller was told, with the time.
  private static final class Told implements LeaderElection.Listener {
    final List<String> words = Collections.synchronizedList(new ArrayList<>());
    volatile long term;
    volatile long ledAtMillis;
    volatile long fencedAtMillis;

    @Override
    public void led(long newTerm) {
      ledAtMillis = nowMillis();
      term = newTerm;
      words.add("led");
    }

    @Override
    public void fenced(String reason) {
      fencedAtMillis = nowMillis();
      term = 0;
      words.add("fenced");
    }

    @Override
    public void following(String endpoint) {
      words.add("following " + endpoint);
    }

    @Override
    public void leaderless() {
      words.add("leaderless");
    }
  }

  private LeaderElection stand(
      LeaderBallot with, CandidacyTiming timing, String endpoint, Told told) {
    LeaderElection election =
        LeaderElection.start(with, timing, endpoint, LeaderElectionTest::nowMillis, told);
    opened.add(election);
    return election;
  }

  /// Fails every call while it is cut off from etcd.
  private static final class CuttableBallot implements LeaderBallot {
    private final LeaderBallot ballot;
    volatile boolean cutOff;

    CuttableBallot(LeaderBallot ballot) {
      this.ballot = ballot;
    }

    private LeaderBallot reached() {
      if (cutOff) {
        throw new IllegalStateException("cut off");
      }
      return ballot;
    }

    @Override
    public long grant(long ttlMillis) {
      return reached().grant(ttlMillis);
    }

    @Override
    public boolean keepAlive(long leaseId) {
      return reached().keepAlive(leaseId);
    }

    @Override
    public Standing campaign(long leaseId, String endpoint) {
      return reached().campaign(leaseId, endpoint);
    }

    @Override
    public Standing observe() {
      return reached().observe();
    }

    @Override
    public void resign(long leaseId) {
      reached().resign(leaseId);
    }

    @Override
    public boolean depose(long term) {
      return reached().depose(term);
    }

    @Override
    public Watch watch(Consumer<Standing> listener) {
      return ballot.watch(standing -> {
        if (!cutOff) {
          listener.accept(standing);
        }
      });
    }
  }

  @Test
  void oneLeadsAndTheOtherFollowsItsEndpoint() {
    Told first = new Told();
    LeaderElection leader = stand(ballot, CandidacyTiming.STANDARD, "one:1", first);
    await().until(() -> first.term != 0);
    Told second = new Told();
    LeaderElection follower = stand(ballot, CandidacyTiming.STANDARD, "two:2", second);
    await().until(() -> second.words.contains("following one:1"));

    assertThat(leader.leads(first.term)).isTrue();
    assertThat(follower.leads(first.term)).isFalse();
    assertThat(second.term).isZero();
    assertThat(first.words).containsExactly("led");
  }

  @Test
  void whoResignsHandsOverAtOnce() {
    long shortestMillis = Long.MAX_VALUE;
    Told before = new Told();
    LeaderElection leader = stand(ballot, CandidacyTiming.STANDARD, "controller-0:1", before);
    await().until(() -> before.term != 0);
    Told told = before;
    for (int round = 1; round <= 3; round++) {
      Told next = new Told();
      LeaderElection standby =
          stand(ballot, CandidacyTiming.STANDARD, "controller-" + round + ":1", next);
      await().until(() -> !next.words.isEmpty());
      long formerTerm = told.term;
      long begun = nowMillis();
      leader.close();
      await().pollInterval(Duration.ofMillis(2)).until(() -> next.term != 0);

      shortestMillis = Math.min(shortestMillis, next.ledAtMillis - begun);
      assertThat(next.term).isGreaterThan(formerTerm);
      assertThat(told.words.getLast()).isEqualTo("fenced");
      leader = standby;
      told = next;
    }
    assertThat(shortestMillis).isLessThan(300);
  }

  @Test
  void leaderThatIsCutOffIsFencedBeforeTheNextOneIsElected() {
    CuttableBallot line = new CuttableBallot(ballot);
    Told first = new Told();
    LeaderElection leader = stand(line, SHORT, "one:1", first);
    await().until(() -> first.term != 0);
    long term = first.term;
    Told second = new Told();
    stand(ballot, SHORT, "two:2", second);
    await().until(() -> !second.words.isEmpty());

    line.cutOff = true;
    await().until(() -> second.term != 0);

    assertThat(first.words).contains("fenced");
    assertThat(leader.leads(term)).isFalse();
    assertThat(first.fencedAtMillis).isLessThan(second.ledAtMillis);
    line.cutOff = false;
    await().until(() -> first.words.contains("following two:2"));
  }

  @Test
  void killedLeaderIsReplacedAndCannotHaveTheLastWord() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LeadingProcess.class.getName(),
                String.join(",", etcd.endpoints()),
                etcd.identity(2).directory().toString(),
                "/" + directory.getFileName() + "/")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    opened.add(process::destroyForcibly);
    long formerTerm;
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String line = out.readLine();
      assertThat(line).startsWith("led ");
      formerTerm = Long.parseLong(line.substring(4));
      Told standby = new Told();
      stand(ballot, SHORT, "two:2", standby);
      await().until(() -> standby.words.contains("following one:1"));
      long killedAt = nowMillis();
      process.toHandle().destroyForcibly();
      await().until(() -> standby.term != 0);

      assertThat(standby.term).isGreaterThan(formerTerm);
      assertThat(standby.ledAtMillis - killedAt).isLessThan(6_000);
    }
    EtcdStateStore former = EtcdStateStore.openAsLeader(ballot, formerTerm);
    assertThat(former.commit(List.of(), List.of(Operation.delete("a")), "late"))
        .isInstanceOf(CommitResult.Deposed.class);
  }

  /// As a process that is paused: its lease expires, it learns nothing, and then it writes.
  @Test
  void writeOfAHolderThatWasPausedIsRefused() {
    long lease = ballot.grant(SHORT.ttlMillis());
    LeaderBallot.Standing.Held held =
        (LeaderBallot.Standing.Held) ballot.campaign(lease, "paused:1");
    EtcdStateStore paused = EtcdStateStore.openAsLeader(ballot, held.term());
    assertThat(paused.commit(List.of(), List.of(Operation.delete("a")), "in-time"))
        .isInstanceOf(CommitResult.Committed.class);
    Told next = new Told();
    stand(ballot, SHORT, "next:2", next);
    await().until(() -> next.term != 0);

    CommitResult late = paused.commit(List.of(), List.of(Operation.delete("a")), "late");

    assertThat(late).isInstanceOf(CommitResult.Deposed.class);
    assertThat(((CommitResult.Deposed) late).actual()).isPositive();
  }

  @Test
  void leaderKeepsItsLeadershipWhenEtcdLosesItsOwn() {
    Told told = new Told();
    LeaderElection election = stand(ballot, CandidacyTiming.STANDARD, "one:1", told);
    await().until(() -> told.term != 0);
    long term = told.term;
    EtcdStateStore store = EtcdStateStore.openAsLeader(ballot, term);
    for (int round = 0; round < 2; round++) {
      int killed = etcd.leader();
      etcd.kill(killed);
      String id = "op-" + round;
      await()
          .until(() ->
              store.commit(List.of(), List.of(Operation.delete("a")), id)
                  instanceof CommitResult.Committed);
      etcd.restart(killed);
    }

    assertThat(election.leads(term)).isTrue();
    assertThat(told.words).containsExactly("led");
  }
}
