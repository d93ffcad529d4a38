package net.bellwether.agent.engine;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// The purifications of one round. The initiator takes the two oldest pairs, acts, and asks; the
/// responder keeps a request until it has both pairs, acts, and answers.
final class Purifier {
  private final Round round;
  private final Bench bench;
  private final Program program;

  /// Requests that name a pair which is not here yet, under both of their pairs.
  private final Map<PairId, PairMessage.PurifyRequest> held = new HashMap<>();

  /// Purifications that wait for the responder, under the kept pair.
  private final Map<PairId, Asked> asked = new HashMap<>();

  private record Asked(Rule.Purify rule, HeldPair kept, PairId sacrificed, Pauli frame) {}

  Purifier(Round round, Bench bench, Program program) {
    this.round = round;
    this.bench = bench;
    this.program = program;
  }

  /// At the initiator, a pair came to one of the queues, which may be the same.
  void purifyOldest(Rule.Purify rule, ArrayDeque<HeldPair> kept, ArrayDeque<HeldPair> sacrificed) {
    int least = rule.keptStage() == rule.sacrificedStage() ? 2 : 1;
    while (kept.size() >= least && !sacrificed.isEmpty()) {
      act(rule, kept.remove(), sacrificed.remove(), false, round.start());
    }
  }

  /// At the responder, a pair entered an input stage of `rule`.
  void entered(Rule.Purify rule, HeldPair pair) {
    PairMessage.PurifyRequest request = held.get(pair.id);
    if (request != null && isReady(rule, request)) {
      held.remove(request.kept());
      held.remove(request.sacrificed());
      bench.heldMessageCount--;
      answer(rule, request);
    }
  }

  private boolean isReady(Rule.Purify rule, PairMessage.PurifyRequest request) {
    return request.outputStage() == rule.outputStage()
        && round.isIdle(request.kept(), rule.keptStage())
        && round.isIdle(request.sacrificed(), rule.sacrificedStage());
  }

  void request(NodeId sender, PairMessage.PurifyRequest request) {
    Rule.Purify rule = program.purificationInto(request.outputStage());
    boolean credible =
        rule != null
            && !rule.initiator()
            && rule.peer().equals(sender)
            && !request.kept().equals(request.sacrificed())
            && !round.isPast(request.kept(), rule.keptStage())
            && !held.containsKey(request.kept())
            && !held.containsKey(request.sacrificed());
    if (!credible || rule == null) {
      bench.droppedMessageCount++;
    } else if (isReady(rule, request)) {
      answer(rule, request);
    } else if (bench.heldMessageCount >= RuleEngine.HELD_MESSAGES_MAX) {
      bench.droppedMessageCount++;
    } else {
      held.put(request.kept(), request);
      held.put(request.sacrificed(), request);
      bench.heldMessageCount++;
    }
  }

  private void answer(Rule.Purify rule, PairMessage.PurifyRequest request) {
    act(
        rule,
        round.pair(request.kept()),
        round.pair(request.sacrificed()),
        request.outcome(),
        program.arrival(request.header().stamp(), rule.peer()));
  }

  private void act(
      Rule.Purify rule,
      HeldPair kept,
      HeldPair sacrificed,
      boolean peerOutcome,
      NetworkTime earliest) {
    NetworkTime stamp =
        NetworkTime.later(earliest, NetworkTime.later(kept.entry, sacrificed.entry));
    if (stamp.compareTo(round.end()) > 0) {
      if (!rule.initiator()) {
        reply(rule, kept.id, sacrificed.id, round.end(), false, true);
      }
      round.expire(kept);
      round.expire(sacrificed);
      return;
    }
    kept.busy = true;
    sacrificed.busy = true;
    long tag =
        round.expect(new Operation.Purifying(round, rule, kept, sacrificed, peerOutcome, stamp));
    bench.effects.command(
        new DeviceCommand.Purify(tag, stamp, kept.id, sacrificed.id, rule.protocol()));
  }

  void purified(Operation.Purifying operation, DeviceOutcome outcome) {
    Rule.Purify rule = operation.rule();
    HeldPair kept = operation.kept();
    HeldPair sacrificed = operation.sacrificed();
    NetworkTime stamp = operation.stamp();
    if (!outcome.done()) {
      if (!rule.initiator()) {
        reply(rule, kept.id, sacrificed.id, stamp, false, true);
      }
      round.discard(kept, stamp);
      round.discard(sacrificed, stamp);
      return;
    }
    ParityCheck check = ParityCheck.of(rule.protocol(), kept.frame, sacrificed.frame);
    round.gaveUp(sacrificed);
    round.retire(sacrificed, true, stamp);
    if (rule.initiator()) {
      asked.put(kept.id, new Asked(rule, kept, sacrificed.id, check.keptFrame()));
      bench.effects.send(
          rule.peer(),
          new PairMessage.PurifyRequest(
              round.header(stamp), rule.outputStage(), kept.id, sacrificed.id, outcome.outcome()));
      return;
    }
    boolean succeeded = (outcome.outcome() ^ operation.peerOutcome()) == check.expectedParity();
    reply(rule, kept.id, sacrificed.id, stamp, succeeded, false);
    conclude(rule, kept, check.keptFrame(), succeeded, stamp);
  }

  private void reply(
      Rule.Purify rule,
      PairId kept,
      PairId sacrificed,
      NetworkTime stamp,
      boolean succeeded,
      boolean gone) {
    bench.effects.send(
        rule.peer(),
        new PairMessage.PurifyReply(
            round.header(stamp), rule.outputStage(), kept, sacrificed, succeeded, gone));
  }

  void reply(NodeId sender, PairMessage.PurifyReply reply) {
    Asked waiting = asked.get(reply.kept());
    if (waiting == null
        || !waiting.rule().peer().equals(sender)
        || waiting.rule().outputStage() != reply.outputStage()
        || !waiting.sacrificed().equals(reply.sacrificed())) {
      bench.droppedMessageCount++;
      return;
    }
    asked.remove(reply.kept());
    NetworkTime arrival = program.arrival(reply.header().stamp(), sender);
    boolean succeeded = reply.succeeded() && !reply.gone();
    conclude(waiting.rule(), waiting.kept(), waiting.frame(), succeeded, arrival);
  }

  private void conclude(
      Rule.Purify rule, HeldPair kept, Pauli frame, boolean succeeded, NetworkTime at) {
    if (!succeeded) {
      round.discard(kept, at);
      return;
    }
    kept.frame = frame;
    round.enter(kept, rule.outputStage(), at);
  }

  /// What was asked for is about qubits that are lost.
  void deviceLost() {
    asked.clear();
  }

  void settle() {
    // Every held request stands under two names.
    int requests = held.size() / 2;
    bench.heldMessageCount -= requests;
    bench.droppedMessageCount += requests;
    held.clear();
    asked.clear();
  }
}
