package net.bellwether.agent.engine;

import java.util.ArrayDeque;
import net.bellwether.agent.engine.EarlyMessages.Early;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// The swaps of one round: those of this node, and those of others that rename pairs which end
/// here.
final class Swapper {
  private final Round round;
  private final Bench bench;
  private final Program program;
  private final EarlyMessages<PairMessage.SwapNotice> early;

  Swapper(Round round, Bench bench, Program program) {
    this.round = round;
    this.bench = bench;
    this.program = program;
    this.early = new EarlyMessages<>(bench);
  }

  /// A pair came to one of the queues.
  void swapOldest(Rule.Swap rule, ArrayDeque<HeldPair> lefts, ArrayDeque<HeldPair> rights) {
    while (!lefts.isEmpty() && !rights.isEmpty()) {
      HeldPair left = lefts.remove();
      HeldPair right = rights.remove();
      NetworkTime stamp = NetworkTime.later(left.entry, right.entry);
      if (stamp.compareTo(round.end()) > 0) {
        round.expire(left);
        round.expire(right);
        continue;
      }
      left.busy = true;
      right.busy = true;
      PairId.Swapped result = bench.nextSwapped();
      long tag = round.expect(new Operation.Swapping(round, rule, left, right, result, stamp));
      bench.effects.command(new DeviceCommand.Swap(tag, stamp, left.id, right.id, result));
    }
  }

  void swapped(Operation.Swapping swap, DeviceOutcome outcome) {
    boolean succeeded = outcome.done() && outcome.succeeded();
    Pauli frame = swap.left().frame.times(swap.right().frame).times(outcome.bellIndex());
    if (outcome.done()) {
      round.gaveUp(swap.left());
      round.gaveUp(swap.right());
    }
    notice(swap, swap.left(), swap.right(), frame, succeeded);
    notice(swap, swap.right(), swap.left(), frame, succeeded);
    round.retire(swap.left(), succeeded, swap.stamp());
    round.retire(swap.right(), succeeded, swap.stamp());
  }

  private void notice(
      Operation.Swapping swap, HeldPair to, HeldPair other, Pauli frame, boolean succeeded) {
    bench.effects.send(
        to.otherEnd,
        new PairMessage.SwapNotice(
            round.header(swap.stamp()),
            swap.rule().resultStage(),
            to.id,
            swap.result(),
            frame,
            succeeded,
            other.otherEnd));
  }

  /// A pair entered a stage in which its other end swaps it.
  void entered(HeldPair pair) {
    Early<PairMessage.SwapNotice> notice = early.take(pair.id);
    if (notice != null) {
      apply(notice.sender(), notice.message(), pair);
    }
  }

  void receive(NodeId sender, PairMessage.SwapNotice notice) {
    HeldPair pair = round.find(notice.consumed());
    if (pair != null
        && !pair.busy
        && program.role(pair.stage) instanceof StageRole.SwappedElsewhere) {
      apply(sender, notice, pair);
    } else {
      early.keep(notice.consumed(), sender, notice);
    }
  }

  private void apply(NodeId sender, PairMessage.SwapNotice notice, HeldPair pair) {
    boolean credible =
        sender.equals(pair.otherEnd)
            && notice.result() instanceof PairId.Swapped swapped
            && swapped.node().equals(sender)
            && program.knowsLatencyTo(sender)
            && round.find(notice.result()) == null;
    if (!credible) {
      bench.droppedMessageCount++;
      return;
    }
    NetworkTime arrival = program.arrival(notice.header().stamp(), sender);
    if (!notice.succeeded()) {
      round.discard(pair, arrival);
      return;
    }
    round.rename(pair, notice.result());
    pair.frame = notice.frame();
    pair.otherEnd = notice.otherEnd();
    round.enter(pair, notice.resultStage(), NetworkTime.later(arrival, pair.entry));
  }

  void settle() {
    early.settle();
  }
}
