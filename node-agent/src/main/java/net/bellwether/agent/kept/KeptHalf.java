package net.bellwether.agent.kept;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.time.NetworkTime;

/// This node's half of a finished pair of `flow`, in memory from `created` to `deadline`.
/// `bellIndex` is the Bell state that the pair is in, but for errors.
public record KeptHalf(
    FlowId flow,
    PairId pair,
    Pauli bellIndex,
    NetworkTime created,
    NetworkTime deadline,
    Prediction prediction) {}
