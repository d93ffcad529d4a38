package net.bellwether.simulation.run;

import java.util.List;
import java.util.function.ToLongFunction;
import net.bellwether.agent.engine.EngineCount;
import net.bellwether.emulator.nature.NatureReport;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.simulation.outcome.Counts;
import net.bellwether.simulation.outcome.Leaks;
import net.bellwether.simulation.outcome.NodeOutcome;
import net.bellwether.topology.Network;

/// Adds up what all nodes have counted.
record Closing(VirtualNetwork network, Network declared, List<VirtualAgent> agents) {
  List<NodeOutcome> nodes() {
    return agents.stream()
        .map(agent ->
            new NodeOutcome(
                agent.id().value(),
                declared.node(agent.id()).memoryQubits().count(),
                agent.record().qubits().mean(),
                agent.record().qubits().most()))
        .toList();
  }

  Counts counts(long pairsDelivered, long controlMessages) {
    NatureReport nature = network.nature();
    return new Counts(
        nature.links().stream().mapToLong(NatureReport.OfLink::attemptCount).sum(),
        nature.links().stream().mapToLong(NatureReport.OfLink::heraldCount).sum(),
        pairsDelivered,
        sum(agent -> agent.record().heraldCount()),
        sum(agent -> agent.record().commandCount()),
        sum(agent -> agent.record().refusedCount()),
        network.messageCount(),
        controlMessages,
        engines(EngineCount::strayHeraldCount),
        engines(EngineCount::droppedMessageCount));
  }

  Leaks leaks(long oneEndedPairs) {
    NatureReport nature = network.nature();
    return new Leaks(
        engines(EngineCount::livePairCount),
        engines(EngineCount::heldMessageCount),
        engines(EngineCount::pendingCommandCount),
        engines(EngineCount::openRoundCount),
        nature.nodes().stream().mapToLong(NatureReport.OfNode::heldQubitCount).sum(),
        nature.nodes().stream().mapToLong(NatureReport.OfNode::forgottenQubitCount).sum(),
        oneEndedPairs);
  }

  private long engines(ToLongFunction<EngineCount> count) {
    return sum(agent -> count.applyAsLong(agent.engine().count()));
  }

  private long sum(ToLongFunction<VirtualAgent> count) {
    return agents.stream().mapToLong(count).sum();
  }
}
