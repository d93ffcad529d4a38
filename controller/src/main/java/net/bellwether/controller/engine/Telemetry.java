package net.bellwether.controller.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.controller.state.QubitUse;
import net.bellwether.controller.tracker.KeyCounts;
import net.bellwether.controller.tracker.Stock;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.time.NetworkTime;

/// One report of an agent, up to network time `to`. `clocks` is how far those of its peers are
/// ahead of its own.
public record Telemetry(
    NetworkTime to,
    List<Attempts> attempts,
    List<Deliveries> deliveries,
    List<Tests> tests,
    List<SessionStock> stocks,
    Optional<QubitUse> qubits,
    SequencedMap<NodeId, ClockOffset> clocks) {
  public Telemetry {
    attempts = List.copyOf(attempts);
    deliveries = List.copyOf(deliveries);
    tests = List.copyOf(tests);
    stocks = List.copyOf(stocks);
    clocks = Collections.unmodifiableSequencedMap(new TreeMap<>(clocks));
  }

  /// Attempts and heralds of one flow on one link mode.
  public record Attempts(LinkId link, String mode, long attempts, long heralds) {}

  /// Pairs delivered to one flow in whole frames.
  public record Deliveries(FlowId flow, long generation, long pairs, long frames) {}

  /// Outcomes of link test pairs at this end.
  public record Tests(LinkId link, String mode, long epoch, OutcomeFrame outcomes) {}

  /// What the key manager here has of one session, and how many keys it has delivered and burnt.
  public record SessionStock(FlowId session, Stock stock, KeyCounts counts) {}
}
