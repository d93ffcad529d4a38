package net.bellwether.simulation.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import net.bellwether.simulation.fault.FaultRun.Outcome;
import net.bellwether.simulation.fault.bug.Bug;
import net.bellwether.simulation.fault.world.FaultCounts;

/// Runs the worlds of many seeds, each in one thread, as many at once as there are processors.
public final class FaultSearch {
  /// Failures that are told; a defect that shows everywhere needs no more.
  private static final int FAILURES_MAX = 20;

  private final FaultCounts faults = new FaultCounts();
  private final List<Outcome> failures = new ArrayList<>();
  private final LongConsumer progress;
  private final Bug bug;
  private long seedCount;
  private long failureCount;
  private long checkCount;
  private double virtualSeconds;

  /// What came of all seeds; the failures of the lowest seeds.
  public record Result(
      long seedCount,
      double virtualSeconds,
      FaultCounts faults,
      long checkCount,
      long failureCount,
      List<Outcome> failures) {}

  private FaultSearch(Bug bug, LongConsumer progress) {
    this.bug = bug;
    this.progress = progress;
  }

  /// Runs `count` seeds from `first` on, and tells `progress` after each how many are done.
  public static Result run(long first, long count, Bug bug, LongConsumer progress) {
    if (count < 1) {
      throw new IllegalArgumentException("seeds (" + count + ") must be at least 1");
    }
    FaultSearch search = new FaultSearch(bug, progress);
    search.runAll(first, count);
    search.failures.sort(Comparator.comparingLong(Outcome::seed));
    return new Result(
        search.seedCount,
        search.virtualSeconds,
        search.faults,
        search.checkCount,
        search.failureCount,
        List.copyOf(search.failures));
  }

  private void runAll(long first, long count) {
    AtomicLong next = new AtomicLong(first);
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("world-", 0).daemon().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            workers.submit(() -> {
              for (long seed = next.getAndIncrement();
                  seed < first + count;
                  seed = next.getAndIncrement()) {
                add(FaultRun.run(seed, bug, false));
              }
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted after " + seedCount + " seeds", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a world could not be run", e.getCause());
    }
  }

  private synchronized void add(Outcome outcome) {
    seedCount++;
    virtualSeconds += outcome.virtualSeconds();
    checkCount += outcome.checkCount();
    faults.addAll(outcome.faults());
    if (outcome.failure().isPresent()) {
      failureCount++;
      failures.add(outcome);
      if (failures.size() > FAILURES_MAX) {
        failures.sort(Comparator.comparingLong(Outcome::seed));
        failures.removeLast();
      }
    }
    progress.accept(seedCount);
  }
}
