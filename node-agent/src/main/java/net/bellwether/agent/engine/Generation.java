package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<LinkId, Tally> tallies = new LinkedHashMap<>();
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

  Generation(Program program) {
    this.program = program;
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

  void countHerald(LinkId link, long attemptCount) {
    Tally tally = tallies.computeIfAbsent(link, _ -> new Tally());
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
                attempt.mode(),
                attempt.multiplexing(),
                activeFrom,
                until == Long.MAX_VALUE ? 0 : until,
                program.ruleSet().rounds()));
      }
    }
    return requests;
  }

  Optional<Round> findRound(NetworkTime start) {
    return Optional.ofNullable(rounds.get(start));
  }

  void open(Round round) {
    rounds.put(round.start(), round);
  }

  int openRoundCount() {
    return rounds.size();
  }

  void settle(NetworkTime settled) {
    while (!rounds.isEmpty() && rounds.firstEntry().getValue().end().compareTo(settled) <= 0) {
      rounds.pollFirstEntry().getValue().settle();
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
  }

  void countFrames(long completeFrame) {
    long end = Math.min(completeFrame, until);
    if (isActive() && end > countedUntil) {
      frameCount += end - countedUntil;
      countedUntil = end;
    }
  }

  FlowCount takeCount(Map<LinkId, AttemptTiming> timings) {
    List<FlowCount.LinkCount> links = new ArrayList<>();
    for (Rule.Attempt attempt : program.attempts()) {
      Tally tally = tallies.getOrDefault(attempt.link(), new Tally());
      links.add(
          new FlowCount.LinkCount(
              attempt.link(),
              attempt.mode(),
              tally.heraldCount,
              attempts(attempt, tally, timings.get(attempt.link()))));
    }
    FlowCount taken =
        new FlowCount(
            program.ruleSet().flow(),
            program.ruleSet().generation(),
            frameCount,
            settledFrameCount,
            deliveredCount,
            expiredCount,
            links);
    tallies.clear();
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
