package net.bellwether.scheduler.solver;

import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;

/// What a plan is worth where nothing waits or decays: `value` under the objective asked for, pairs
/// a second, the state of a pair, secret key bits (BBM92) a second, and the elementary pairs that
/// one pair takes on each link, failures included. A plan with relays delivers no pairs: it has no
/// state, and takes elementary pairs for one bit of key.
public record FluidFigures(
    double value,
    double pairsPerSecond,
    Optional<BellDiagonal> state,
    double secretKeyBitsPerSecond,
    SequencedMap<LinkId, Double> pairsConsumedPerLink) {}
