package net.bellwether.benchmarks.engine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time and memory of one transition of the rule engine: a herald, an outcome or a message that
/// goes in, with all that comes out. Pairs of two links are purified, swapped and delivered; the
/// mean is over a repeater and two ends. Run with `-prof gc` for bytes.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class RuleEngineBenchmark {
  private EngineChain chain = new EngineChain();

  @Setup
  public void start() {
    chain = new EngineChain();
    long transitions = chain.passFrame();
    if (transitions != EngineChain.TRANSITIONS_PER_FRAME || chain.deliveredCount() == 0) {
      throw new IllegalStateException(
          "transitions of a frame (%d) must be %d"
              .formatted(transitions, EngineChain.TRANSITIONS_PER_FRAME));
    }
  }

  @Benchmark
  @OperationsPerInvocation(EngineChain.TRANSITIONS_PER_FRAME)
  public long transition() {
    return chain.passFrame();
  }
}
