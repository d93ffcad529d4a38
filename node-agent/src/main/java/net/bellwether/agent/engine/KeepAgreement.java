package net.bellwether.agent.engine;

import net.bellwether.agent.engine.EarlyMessages.Early;
import net.bellwether.agent.kept.KeptHalf;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// How both ends of one round's finished pairs come to keep them: a pair goes to memory, and to the
/// application once the peer has said the same. What the peer never confirms is given up when the
/// round is settled.
final class KeepAgreement {
  private final Round round;
  private final Bench bench;
  private final Keeper keeper;
  private final Program program;

  /// About pairs that are finished there and not yet here.
  private final EarlyMessages<PairMessage.KeepNotice> early;

  KeepAgreement(Round round, Bench bench, Keeper keeper, Program program) {
    this.round = round;
    this.bench = bench;
    this.keeper = keeper;
    this.program = program;
    this.early = new EarlyMessages<>(bench);
  }

  /// A pair is finished.
  void entered(HeldPair pair, Rule.Keep rule) {
    Early<PairMessage.KeepNotice> notice = early.take(pair.id);
    if (notice != null) {
      hear(notice.sender(), notice.message(), pair, rule);
    }
    if (pair.gone) {
      return;
    }
    if (pair.entry.compareTo(round.end()) > 0) {
      round.expire(pair);
      return;
    }
    pair.busy = true;
    long tag = round.expect(new Operation.Keeping(round, rule, pair));
    bench.effects.command(
        new DeviceCommand.Keep(tag, pair.entry, pair.id, pair.entry.plusPicos(rule.holdPicos())));
  }

  void kept(Operation.Keeping keeping, DeviceOutcome outcome) {
    HeldPair pair = keeping.pair();
    if (pair.gone) {
      return;
    }
    if (!outcome.done()) {
      bench.keepRefusedCount++;
      round.discard(pair, pair.entry);
      return;
    }
    pair.busy = false;
    round.gaveUp(pair);
    pair.kept = true;
    bench.keptQubitCount++;
    bench.effects.send(
        keeping.rule().peer(), new PairMessage.KeepNotice(round.header(pair.entry), pair.id, true));
    handOverIfKeptByBoth(pair, keeping.rule());
  }

  private void handOverIfKeptByBoth(HeldPair pair, Rule.Keep rule) {
    if (!pair.kept || !pair.peerKeeps) {
      return;
    }
    // The memory qubit is the keeper's from now on.
    pair.kept = false;
    round.finish(pair);
    keeper.take(
        new Kept(
            new KeptHalf(
                program.ruleSet().flow(),
                pair.id,
                pair.frame,
                pair.entry,
                pair.entry.plusPicos(rule.holdPicos()),
                rule.prediction()),
            rule,
            round.header(pair.entry)));
  }

  void receive(NodeId sender, PairMessage.KeepNotice notice) {
    HeldPair pair = round.find(notice.pair());
    if (pair != null && program.role(pair.stage) instanceof StageRole.Kept(Rule.Keep rule)) {
      hear(sender, notice, pair, rule);
    } else {
      early.keep(notice.pair(), sender, notice);
    }
  }

  private void hear(NodeId sender, PairMessage.KeepNotice notice, HeldPair pair, Rule.Keep rule) {
    if (!sender.equals(rule.peer())) {
      bench.droppedMessageCount++;
    } else if (notice.kept()) {
      pair.peerKeeps = true;
      handOverIfKeptByBoth(pair, rule);
    } else {
      pair.peerGone = true;
      round.discard(pair, pair.entry);
    }
  }

  /// A pair is given up here: the peer releases its half rather than keep it in vain.
  void gone(HeldPair pair, NetworkTime stamp) {
    if (!pair.peerGone && program.role(pair.stage) instanceof StageRole.Kept(Rule.Keep rule)) {
      bench.effects.send(
          rule.peer(), new PairMessage.KeepNotice(round.header(stamp), pair.id, false));
    }
  }

  void settle() {
    early.settle();
  }
}
