package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// One installed generation of a flow: its program, the frames in which it runs, its open rounds
/// and its counts.
final class Generation {
  private static final long PREPARED = 0;

  final Program program;
  private final TreeMap<NetworkTime, Round> rounds = new TreeMap<>();
  private final Tally[] tallies;

  /// The one that was asked for last: what happens mostly follows in the same round.
  private @Nullable Round recentRound;

  private long activeFrom = PREPARED;
  private long until = Long.MAX_VALUE;
  private long countedUntil;
  private long frameCount;
  private long settledUntil;
  private long settledFrameCount;
  private boolean draining;
  long deliveredCount;
  long expiredCount;

  private static final class Tally {
    long heraldCount;
    long heraldedAttemptCount;
  }

  private record Mode(LinkId link, String name) {}

  Generation(Program program) {
    this.program = program;
    this.tallies = new Tally[program.stageCount()];
    clearTallies();
  }

  private void clearTallies() {
    for (int stage = 0; stage < tallies.length; stage++) {
      tallies[stage] = new Tally();
    }
  }

  boolean isActive() {
    return activeFrom != PREPARED;
  }

  long activeFrom() {
    return activeFrom;
  }

  void activate(long fromFrame, long currentFrame) {
    activeFrom = fromFrame;
    countedUntil = Math.max(fromFrame, currentFrame);
    settledUntil = countedUntil;
  }

  /// Frames are only counted while the device sees all of them.
  void resumeCounting(long frame) {
    countedUntil = Math.max(countedUntil, frame);
    settledUntil = Math.max(settledUntil, frame);
  }

  /// It is earlier than it was. Rounds of a time that will come again are over.
  void goBack(long frame) {
    abandon();
    countedUntil = Math.max(activeFrom, frame);
    settledUntil = countedUntil;
  }

  void endAt(long frame) {
    until = Math.min(until, frame);
  }

  /// Removed by the controller: what is under way is finished, nothing is begun.
  void drainUntil(long frame) {
    draining = true;
    endAt(frame);
  }

  boolean isDraining() {
    return draining;
  }

  boolean isOver(NetworkTime settled) {
    return until != Long.MAX_VALUE && settled.frame() >= until;
  }

  boolean covers(long frame) {
    return isActive() && frame >= activeFrom && frame < until;
  }

  void countHerald(int stage, long attemptCount) {
    Tally tally = tallies[stage];
    tally.heraldCount++;
    tally.heraldedAttemptCount += attemptCount;
  }

  List<AttemptRequest> requests() {
    List<AttemptRequest> requests = new ArrayList<>();
    if (isActive() && !draining) {
      for (Rule.Attempt attempt : program.attempts()) {
        requests.add(
            new AttemptRequest(
                attempt.link(),
                program.ruleSet().flow(),
                program.ruleSet().generation(),
                attempt.stage(),
                attempt.mode(),
                attempt.multiplexing(),
                activeFrom,
                until == Long.MAX_VALUE ? 0 : until,
                program.ruleSet().rounds()));
      }
    }
    return requests;
  }

  @Nullable Round findRound(NetworkTime start) {
    Round recent = recentRound;
    if (recent != null && recent.start().equals(start)) {
      return recent;
    }
    recentRound = rounds.get(start);
    return recentRound;
  }

  void open(Round round) {
    rounds.put(round.start(), round);
    recentRound = round;
  }

  Iterable<Round> openRounds() {
    return rounds.values();
  }

  int openRoundCount() {
    return rounds.size();
  }

  void settle(NetworkTime settled) {
    while (!rounds.isEmpty() && rounds.firstEntry().getValue().end().compareTo(settled) <= 0) {
      rounds.pollFirstEntry().getValue().settle();
      recentRound = null;
    }
    long end = Math.min(settled.frame(), until);
    if (isActive() && end > settledUntil) {
      settledFrameCount += end - settledUntil;
      settledUntil = end;
    }
  }

  void abandon() {
    rounds.values().forEach(Round::settle);
    rounds.clear();
    recentRound = null;
  }

  /// The last instant before `complete` at which it ended the attempts of a round; the start of
  /// time where it never did.
  NetworkTime lastAttempts(NetworkTime complete) {
    Rounds rounds = program.ruleSet().rounds();
    for (long frame = complete.frame(); frame >= complete.frame() - 1; frame--) {
      for (int index = covers(frame) ? rounds.count() - 1 : -1; index >= 0; index--) {
        NetworkTime end = rounds.start(frame, index).plusPicos(rounds.attemptPicos());
        if (end.compareTo(complete) <= 0) {
          return end;
        }
      }
    }
    return NetworkTime.startOfFrame(0);
  }

  /// Adds what its qubits do if a round of it was under way at `instant`.
  void countQubits(NetworkTime instant, QubitTally tally) {
    Rounds times = program.ruleSet().rounds();
    int index = times.indexAt(instant);
    if (index < 0 || index >= times.count() || !covers(instant.frame())) {
      return;
    }
    Round round = rounds.get(times.start(instant.frame(), index));
    if (round != null) {
      round.countQubits(tally);
    } else {
      for (Rule.Attempt attempt : program.attempts()) {
        tally.generating += attempt.multiplexing();
      }
    }
  }

  void countFrames(long completeFrame) {
    long end = Math.min(completeFrame, until);
    if (isActive() && end > countedUntil) {
      frameCount += end - countedUntil;
      countedUntil = end;
    }
  }

  FlowCount takeCount(Map<LinkId, AttemptTiming> timings) {
    // Stages that share a mode of a link are one line.
    SequencedMap<Mode, FlowCount.LinkCount> links = new LinkedHashMap<>();
    for (Rule.Attempt attempt : program.attempts()) {
      Tally tally = tallies[attempt.stage()];
      links.merge(
          new Mode(attempt.link(), attempt.mode()),
          new FlowCount.LinkCount(
              attempt.link(),
              attempt.mode(),
              tally.heraldCount,
              attempts(attempt, tally, timings.get(attempt.link()))),
          FlowCount.LinkCount::plus);
    }
    FlowCount taken =
        new FlowCount(
            program.ruleSet().flow(),
            program.ruleSet().generation(),
            frameCount,
            settledFrameCount,
            deliveredCount,
            expiredCount,
            List.copyOf(links.values()));
    clearTallies();
    frameCount = 0;
    settledFrameCount = 0;
    deliveredCount = 0;
    expiredCount = 0;
    return taken;
  }

  /// A mode attempts until its first success, or to the end of the round.
  private long attempts(Rule.Attempt rule, Tally tally, @Nullable AttemptTiming timing) {
    if (timing == null) {
      return 0;
    }
    Rounds rounds = program.ruleSet().rounds();
    long modeRounds = frameCount * rounds.count() * rule.multiplexing();
    return tally.heraldedAttemptCount
        + Math.max(0, modeRounds - tally.heraldCount) * timing.perRound(rounds);
  }
}
