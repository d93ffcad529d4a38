package net.bellwether.scheduler;

import static net.bellwether.scheduler.Plans.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The evaluator against rounds played event by event, on trees of every shape.
class RandomTreesTest {
  private static final double RATE_TOLERANCE = 0.03;
  private static final double FIDELITY_TOLERANCE = 0.003;

  /// Pairs played for each tree, so that chance explains less than the tolerance.
  private static final int PAIRS = 30_000;

  private static final int TREES = 8;

  @ParameterizedTest
  @ValueSource(ints = {32, 96})
  void deliversWhatIsPredicted(int multiplexing) {
    NetworkView view =
        TextNetwork.with()
            .memory(new Qubits(1024, 0.5, 0.1))
            .operations(new Operations(0.99, 0.005, 0.8))
            .multiplexing(multiplexing)
            .declared("A -20km- r -25km- C");
    int judged = 0;
    for (long seed = 1; seed <= TREES; seed++) {
      Plan plan = new RandomTrees(seed, List.of("A", "r", "C")).next(2);
      judged += agree(seed, plan, view, grant(6_000, 9_000, 10)) ? 1 : 0;
    }
    assertThat(judged).isGreaterThan(TREES / 2);
  }

  /// False where the tree delivers too little to be measured.
  private static boolean agree(long seed, Plan plan, NetworkView view, Grant grant) {
    Evaluation predicted = Evaluator.evaluate(plan, view, grant);
    double pairsPerRound = predicted.pairsPerSecond() / grant.rounds().roundsPerSecond();
    int rounds = (int) (PAIRS / pairsPerRound);
    if (rounds > PAIRS) {
      return false;
    }
    RoundEmulation played = new RoundEmulation(plan, view, grant, seed).run(rounds);
    String name = "seed %d\n%s".formatted(seed, PlanText.tree(plan));
    double chance = 3 * Math.sqrt(1.0 / PAIRS);
    assertThat(pairsPerRound / played.pairsPerRound(rounds))
        .as("rate, %s", name)
        .isCloseTo(1, within(RATE_TOLERANCE + chance));
    double fidelity = played.state().fidelity();
    double scatter = 3 * Math.sqrt(fidelity * (1 - fidelity) / PAIRS);
    assertThat(predicted.state().fidelity())
        .as("fidelity, %s", name)
        .isCloseTo(fidelity, within(FIDELITY_TOLERANCE + scatter));
    return true;
  }
}
