package net.bellwether.benchmarks.agents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What a process holds and has used, as Linux counts it in /proc.
record ProcessFigures(
    long residentKilobytes, long threadCount, long descriptorCount, double cpuSeconds) {
  static ProcessFigures of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (var descriptors = Files.list(process.resolve("fd"))) {
      return new ProcessFigures(
          status(process, "VmRSS:"),
          status(process, "Threads:"),
          descriptors.count(),
          ProcessHandle.of(pid)
                  .flatMap(handle -> handle.info().totalCpuDuration())
                  .orElse(Duration.ZERO)
                  .toNanos()
              / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " cannot be looked at", e);
    }
  }

  private static long status(Path process, String field) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IOException(process + " has no " + field));
  }
}
