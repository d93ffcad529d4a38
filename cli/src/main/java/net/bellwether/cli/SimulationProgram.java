package net.bellwether.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The module `simulation` as a program of its own, because it knows everything and nothing may
/// know it; and its JVM is one for long computations, unlike this one.
final class SimulationProgram {
  private static final String PROGRAM = "net.bellwether.simulation.cli.SimulationMain";

  private SimulationProgram() {}

  /// Runs it to its end, on this terminal; its exit code.
  static int run(String logLevel, List<String> arguments) throws InterruptedException {
    String file = PROGRAM.replace('.', '/') + ".class";
    if (SimulationProgram.class.getClassLoader().getResource(file) == null) {
      throw new CommandFailure(
          Exit.FAILED, "the module simulation is not among the libraries bellctl was started with");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("-Dbellwether.log=" + logLevel);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PROGRAM);
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new CommandFailure(Exit.FAILED, "cannot start the simulation: " + e.getMessage());
    }
  }
}
