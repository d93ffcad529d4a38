package net.bellwether.benchmarks.solver;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.solver.Solution;
import net.bellwether.scheduler.solver.Solver;

/// A request's solution and what it took: time on the clock, time on the processor, and bytes that
/// the asking thread allocated.
record Answer(Request request, Solution solution, long nanos, long processorNanos, long bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Answer to(NetworkSnapshot snapshot, Request request) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long processorBefore = THREADS.getCurrentThreadCpuTime();
    long before = System.nanoTime();
    Solution solution = Solver.solve(snapshot, request);
    long nanos = System.nanoTime() - before;
    long processorNanos = THREADS.getCurrentThreadCpuTime() - processorBefore;
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    return new Answer(request, solution, nanos, processorNanos, bytes);
  }

  /// What the calling thread has allocated since it began.
  static long allocatedBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  boolean isPlan() {
    return solution instanceof Solution.Found;
  }

  boolean isProvenBest() {
    return solution instanceof Solution.Found found && found.gap() == 0;
  }

  boolean isProvenInfeasible() {
    return solution instanceof Solution.NotFound none && none.proven();
  }

  /// Cost of the best plan, NaN where there is none.
  double cost() {
    return solution instanceof Solution.Found found ? found.best().cost() : Double.NaN;
  }

  double gap() {
    return solution instanceof Solution.Found found ? found.gap() : Double.NaN;
  }

  /// What something else took, timed in the same way.
  record Timed<T>(T result, long nanos) {
    static <T> Timed<T> of(Supplier<T> work) {
      long before = System.nanoTime();
      T result = work.get();
      return new Timed<>(result, System.nanoTime() - before);
    }
  }
}
