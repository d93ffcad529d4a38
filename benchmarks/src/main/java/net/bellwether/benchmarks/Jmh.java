package net.bellwether.benchmarks;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the JMH benchmarks of this module, or those whose names match the first argument, and
/// counts what each operation allocates.
public final class Jmh {
  private Jmh() {}

  public static void main(String[] arguments) throws RunnerException {
    System.out.println(MachineLine.text());
    String include = arguments.length > 0 ? arguments[0] : "net.bellwether.benchmarks";
    new Runner(new OptionsBuilder().include(include).addProfiler(GCProfiler.class).build()).run();
  }
}
