package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.agent.kept.KeptHalf;
import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.Keeping;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.simulation.TextChain.Hardware;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.simulation.network.VirtualNode;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kept pairs are in the state that applications are told, with the Pauli frame that is applied for
/// them: measured a frame later, in all three bases.
final class KeptPairsTest {
  private static final Hardware HARDWARE =
      new Hardware(new Operations(0.99, 0.005, 0.8), new Qubits(400, 8.0, 1.0), 0.4, 0.04, 64);
  private static final FlowId FLOW = FlowId.of("kept");
  private static final long HOLD_PICOS = NetworkTime.PICOS_PER_SECOND;
  private static final long FRAMES = 80;
  private static final int ROUNDS_MAX = 5;
  private static final double SIGMAS = 3.5;
  private static final double TOLERANCE = 0.006;

  /// Of one basis.
  private static final class Tally {
    long pairs;
    long different;
    double predicted;
  }

  @ParameterizedTest(name = "{1} on {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a -20km- b            | a-b
          a -20km- b -35km- c   | ( a-b b b-c )
          a -20km- b -10km- c   | D ( a-b b b-c )
          """)
  void outcomesInAllThreeBasesAreThoseOfThePredictedState(String chain, String planText) {
    TextChain text = TextChain.of(chain, HARDWARE);
    Plan plan = text.plan(planText);
    Grant all = text.grant(plan, 2_000_000_000L);
    Rounds rounds = all.rounds();
    Grant grant =
        new Grant(
            new Rounds(
                rounds.startPicos(),
                rounds.attemptPicos(),
                rounds.periodPicos(),
                Math.min(ROUNDS_MAX, rounds.count())),
            1);
    VirtualNetwork network = new VirtualNetwork(text.network, 1);
    long first = network.frame() + 1;
    network.install(
        RuleCompiler.compile(
            FLOW,
            1,
            plan,
            grant,
            NetworkView.declared(text.network),
            new Keeping(new Application("t", "l"), new Application("t", "r"), HOLD_PICOS)),
        first);
    Ends ends = new Ends(network, plan.left(), plan.right());
    while (network.frame() < first + FRAMES) {
      network.advance();
      ends.measure();
    }
    network.advance();
    network.advance();
    ends.compare()
        .forEach((basis, tally) -> {
          double measured = tally.different / (double) tally.pairs;
          double expected = tally.predicted / tally.pairs;
          double error = Math.sqrt((expected * (1 - expected) + 1e-4) / tally.pairs);
          assertThat(tally.pairs).isGreaterThan(200);
          assertThat(measured)
              .as("%s of %d pairs, predicted %.4f", basis, tally.pairs, expected)
              .isBetween(
                  expected - TOLERANCE - SIGMAS * error, expected + TOLERANCE + SIGMAS * error);
        });
  }

  /// The applications of both ends.
  private static final class Ends {
    private final VirtualNode left;
    private final VirtualNode right;
    private int seenLeft;
    private int seenRight;

    Ends(VirtualNetwork network, NodeId left, NodeId right) {
      this.left = network.node(left);
      this.right = network.node(right);
    }

    /// Measures what was handed over since the last call, in the same basis at both ends.
    void measure() {
      seenLeft = measure(left, seenLeft);
      seenRight = measure(right, seenRight);
    }

    private static int measure(VirtualNode node, int seen) {
      var told = node.told();
      for (KeptEvent event : told.subList(seen, told.size())) {
        if (event instanceof KeptEvent.Handed handed) {
          node.engine().measure(handed.pair(), Direction.of(basis(handed.pair())));
        }
      }
      return told.size();
    }

    private static Basis basis(PairId pair) {
      return new BasisPolicy.BySequence().basis(pair.toString().hashCode());
    }

    Map<Basis, Tally> compare() {
      Map<PairId, KeptHalf> halves = new LinkedHashMap<>();
      Map<PairId, KeptEvent.Measured> atLeft = measured(left);
      for (KeptEvent event : left.told()) {
        if (event instanceof KeptEvent.Handed(KeptHalf half)) {
          halves.put(half.pair(), half);
        }
      }
      Map<Basis, Tally> tallies = new EnumMap<>(Basis.class);
      measured(right)
          .forEach((pair, other) -> {
            KeptEvent.Measured one = atLeft.get(pair);
            KeptHalf half = halves.get(pair);
            if (one != null && half != null) {
              Tally tally = tallies.computeIfAbsent(basis(pair), _ -> new Tally());
              tally.pairs++;
              tally.different += one.outcome() == other.outcome() ? 0 : 1;
              tally.predicted += predicted(half, one, other, basis(pair));
            }
          });
      assertThat(tallies).hasSize(Basis.values().length);
      return tallies;
    }

    private static double predicted(
        KeptHalf half, KeptEvent.Measured one, KeptEvent.Measured other, Basis basis) {
      BellDiagonal aged =
          half.prediction()
              .aged(
                  seconds(one.at().picosSince(half.created())),
                  seconds(other.at().picosSince(half.created())));
      double misread = half.prediction().misreadProbability();
      return aged.qber(basis) * (1 - 2 * misread) + misread;
    }

    private static double seconds(long picos) {
      return picos / (double) NetworkTime.PICOS_PER_SECOND;
    }

    private static Map<PairId, KeptEvent.Measured> measured(VirtualNode node) {
      Map<PairId, KeptEvent.Measured> measured = new LinkedHashMap<>();
      for (KeptEvent event : node.told()) {
        if (event instanceof KeptEvent.Measured found) {
          measured.put(found.pair(), found);
        }
      }
      return measured;
    }
  }
}
