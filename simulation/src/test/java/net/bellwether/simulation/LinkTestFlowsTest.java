package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.scheduler.LinkTests;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Planner;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.BasisPolicy;
import org.junit.jupiter.api.Test;

/// Test flows of all links run beside a session without taking its qubits, and tell what a link
/// truly is.
final class LinkTestFlowsTest {
  private static final LinkId DISTURBED = LinkId.of("lab-college");

  private final Network network = ScenarioTest.network("cambridge-loop");
  private final NetworkView view = NetworkView.declared(network);
  private final VirtualNetwork virtual = new VirtualNetwork(network, 9);

  @Test
  void bothEndsReportTheSamePairsAndTheStateThatTheLinkHas() {
    double noise = 0.2;
    virtual.befall(new Happening.DegradeLink(DISTURBED, 1, noise));
    virtual.advance();
    virtual.advance();
    long start = virtual.frame() + 1;
    LinkTests.compileAll(view, 1).values().forEach(rules -> virtual.install(rules, start));
    installSession(start);
    for (int frame = 0; frame < 400; frame++) {
      virtual.advance();
    }
    LinkMode mode = view.linkMode(DISTURBED, "only");
    Map<Basis, Share> errors = errors(mode);
    errors.forEach((basis, share) -> {
      double misread = 2 * 0.001 * 0.999;
      double qber = (1 - noise) * mode.state().qber(basis) + noise * 0.5;
      double expected = qber * (1 - misread) + (1 - qber) * misread;
      Estimate estimate = Estimate.ofShare(share.hits, share.trials);
      assertThat(share.trials).isGreaterThan(100);
      assertThat(estimate.sigmasFrom(expected)).describedAs("%s %s", basis, estimate).isLessThan(4);
    });
  }

  private void installSession(long start) {
    NodeId from = NodeId.of("lab");
    NodeId to = NodeId.of("exchange");
    var planned = (PlanOutcome.Planned) Planner.plan(view, Request.key(from, to));
    FlowId session = FlowId.of("session");
    virtual.install(
        RuleCompiler.compile(
            session,
            1,
            planned.plan(),
            planned.grant(),
            view,
            new BasisPolicy.RandomBases(0.9, 20)),
        start);
  }

  private static final class Share {
    long hits;
    long trials;
  }

  private Map<Basis, Share> errors(LinkMode mode) {
    Map<PairId, TestOutcome> atB = new LinkedHashMap<>();
    of(mode.b()).forEach(outcome -> atB.put(outcome.pair(), outcome));
    List<TestOutcome> atA = of(mode.a());
    assertThat(atA.stream().map(TestOutcome::pair)).hasSize(atB.size()).allMatch(atB::containsKey);
    Map<Basis, Share> errors = new EnumMap<>(Basis.class);
    for (TestOutcome outcome : atA) {
      TestOutcome other = atB.get(outcome.pair());
      Basis basis = new BasisPolicy.BySequence().basis(outcome.pair().sequence());
      Share share = errors.computeIfAbsent(basis, first -> new Share());
      share.trials++;
      share.hits += other != null && other.bit() != outcome.bit() ? 1 : 0;
    }
    return errors;
  }

  private List<TestOutcome> of(NodeId node) {
    return virtual.node(node).tested().stream()
        .filter(outcome -> outcome.pair().link().equals(DISTURBED))
        .toList();
  }
}
