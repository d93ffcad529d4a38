package net.bellwether.scheduler.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.bellwether.scheduler.request.StateModel;
import org.junit.jupiter.api.Test;

/// Equal requests get equal answers: plan, figures, bound and effort.
class DeterminismTest {
  private static final int SAMPLES = 60;
  private static final int THREADS = 8;

  @Test
  void equalRequestsGetEqualAnswers() {
    for (long seed = 0; seed < SAMPLES; seed++) {
      assertThat(Sample.of(seed).solve()).isEqualTo(Sample.of(seed).solve());
    }
  }

  @Test
  void whatWasAskedBeforeDoesNotMatter() {
    List<Solution> forwards = new ArrayList<>();
    List<Solution> backwards = new ArrayList<>();
    for (long seed = 0; seed < SAMPLES; seed++) {
      forwards.add(mixed(seed).solve());
      backwards.addFirst(mixed(SAMPLES - 1 - seed).solve());
    }
    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void manyThreadsOnOneSnapshotGetTheAnswersOfOne() throws Exception {
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = mixed(seed);
      NetworkSnapshot snapshot = NetworkSnapshot.of(sample.view());
      Solution alone = Solver.solve(snapshot, sample.request());
      Callable<Solution> ask = () -> Solver.solve(snapshot, sample.request());
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<Solution>> answers = new ArrayList<>();
        for (int thread = 0; thread < 2 * THREADS; thread++) {
          answers.add(threads.submit(ask));
        }
        for (Future<Solution> answer : answers) {
          assertThat(answer.get()).as("seed %d", seed).isEqualTo(alone);
        }
      }
    }
  }

  /// Both models of states use the scratch memory of a thread.
  private static Sample mixed(long seed) {
    Sample sample = Sample.of(seed);
    return seed % 2 == 0
        ? sample
        : sample.with(sample.request().with(StateModel.BELL_DIAGONAL).withWorkBudget(5_000));
  }
}
