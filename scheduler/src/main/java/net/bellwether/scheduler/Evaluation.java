package net.bellwether.scheduler;

import java.util.SequencedMap;
import net.bellwether.scheduler.evaluate.KeyBlock;
import net.bellwether.scheduler.evaluate.KeyBlocks;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;

/// What a plan yields. `fluidPairsPerSecond` lets every pair find its partner at once;
/// `pairsPerSecond` is delivered under a grant: rounds, finite memories, cutoff and latency
/// included. `state` is that of a delivered pair with its waits; QBERs include readout errors at
/// the ends. Key rates are in bits a second of delivered pairs, after sifting: asymptotic, and at
/// the block size in use. `pairsConsumedPerLink` counts the elementary pairs that one finished pair
/// takes, failures included; `tailPicos` is the time the plan's messages need after a round's
/// attempts.
public record Evaluation(
    double fluidPairsPerSecond,
    double pairsPerSecond,
    BellDiagonal state,
    double qberZ,
    double qberX,
    double asymptoticKeyBitsPerSecond,
    double finiteKeyBitsPerSecond,
    SequencedMap<LinkId, Double> pairsConsumedPerLink,
    long tailPicos) {
  /// The blocks in which a session that delivers so distils its key.
  public KeyBlock keyBlock() {
    return KeyBlocks.of(new KeyYield(qberZ, qberX), pairsPerSecond);
  }
}
