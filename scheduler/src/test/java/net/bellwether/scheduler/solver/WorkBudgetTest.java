package net.bellwether.scheduler.solver;

import static net.bellwether.scheduler.solver.Sample.id;
import static net.bellwether.scheduler.solver.Sample.link;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The budget bounds the work of a search, and with it its memory: a label is kept for a candidate
/// that was looked at.
class WorkBudgetTest {
  /// What a first look may take however small the budget, and the expansion of the last label.
  private static final long SLACK = 4_000;

  private static final List<Objective> OBJECTIVES =
      List.of(
          new Objective.Cheapest(Prices.PAIRS),
          new Objective.PairRate(),
          Objective.SecretKeyRate.BBM92,
          new Objective.Fidelity(1e-3));

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 30_000, 300_000})
  void heavyRequestsKeepToTheirBudget(long budget) {
    NetworkView view = grid(7);
    NetworkSnapshot snapshot = NetworkSnapshot.of(view);
    boolean spent = false;
    for (Objective objective : OBJECTIVES) {
      for (StateModel states : StateModel.values()) {
        Request request =
            Request.of(id("n00"), id("n66"), objective, 0.97)
                .with(states)
                .with(PurificationClass.ANY)
                .withWorkBudget(budget);
        Solution solution = Solver.solve(snapshot, request);
        Effort effort = solution.effort();
        assertThat(effort.candidates()).as("%s", request).isLessThanOrEqualTo(budget + SLACK);
        assertThat(effort.labels()).isLessThanOrEqualTo(effort.candidates());
        spent |= effort.candidates() >= budget;
        if (solution instanceof Found found) {
          assertThat(found.gap()).isBetween(0.0, 1.0);
        }
      }
    }
    assertThat(spent).isTrue();
  }

  /// Where the best plan is too long, the search is begun anew, with hops in its labels.
  @Test
  void limitsThatBindCostNoSecondBudget() {
    long budget = 30_000;
    NetworkSnapshot snapshot = NetworkSnapshot.of(grid(7));
    for (int maxHops : new int[] {4, 5, 6}) {
      for (Objective objective : OBJECTIVES) {
        Request request =
            Request.of(id("n00"), id("n22"), objective, 0.95)
                .with(StateModel.WERNER)
                .with(PurificationClass.ANY)
                .with(Limits.NONE.withMaxHops(maxHops))
                .withWorkBudget(budget);
        Effort effort = Solver.solve(snapshot, request).effort();
        assertThat(effort.candidates()).as("%s", request).isLessThanOrEqualTo(budget + SLACK);
      }
    }
  }

  @Test
  void boundlessBudgetIsNotSpentWhereThereIsNothingToDo() {
    NetworkView view =
        Sample.view(
            new Operations(0.99, 0.005, 0.9), link("a", "b", 10, 0.95), link("b", "c", 10, 0.95));
    for (Objective objective : OBJECTIVES) {
      Request request =
          Request.of(id("a"), id("c"), objective, 0.85)
              .with(StateModel.WERNER)
              .withWorkBudget(Long.MAX_VALUE);
      Solution solution = Solver.solve(NetworkSnapshot.of(view), request);
      assertThat(solution).isInstanceOf(Found.class);
      assertThat(((Found) solution).gap()).isZero();
      assertThat(solution.effort().candidates()).isLessThan(100_000);
    }
  }

  /// Links of two kinds crosswise, so that many plans are worth almost the same.
  private static NetworkView grid(int side) {
    List<LinkMode> modes = new ArrayList<>();
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        double rate = 20 + 7 * ((3 * x + 5 * y) % 11);
        double fidelity = 0.97 + 0.002 * ((7 * x + 2 * y) % 13);
        if (x + 1 < side) {
          modes.add(link("n" + x + y, "n" + (x + 1) + y, rate, fidelity));
        }
        if (y + 1 < side) {
          modes.add(link("n" + x + y, "n" + x + (y + 1), 2 * rate, fidelity - 0.01));
        }
      }
    }
    return Sample.view(new Operations(0.998, 0.001, 0.9), modes.toArray(LinkMode[]::new));
  }
}
