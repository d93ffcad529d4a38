package net.bellwether.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One of Bellwether's programs as a process of its own, its output in a log file. Not thread-safe.
public final class Program {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final int LOG_TAIL_LINES = 8;

  private final String name;
  private final Path log;
  private final Process process;
  private volatile boolean paused;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Program(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /// Starts `command`; what it writes goes to `log`, its standard output also to `awaitLine`.
  public static Program start(String name, List<String> command, Path log) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      // glibc keeps an arena a thread otherwise: tens of megabytes that nobody uses.
      builder.environment().put("MALLOC_ARENA_MAX", "2");
      Process process = builder.start();
      Program program = new Program(name, log, process);
      Thread.ofVirtual().name("output of " + name).start(program::follow);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + command.getFirst(), e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /// What follows `prefix` on the first line of standard output that begins with it.
  ///
  /// @throws IllegalStateException with the end of the log, where the program ends first or says
  ///   nothing of the kind within `patience`
  public String awaitLine(String prefix, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<String> line = nextLine();
      if (line.isPresent() && line.get().startsWith(prefix)) {
        return line.get().substring(prefix.length()).strip();
      }
      if (line.isEmpty() && !alive()) {
        throw new IllegalStateException(
            name + " ended with status " + process.exitValue() + logTail());
      }
    }
    throw new IllegalStateException(
        name + " did not say \"" + prefix + "\" within " + patience.toSeconds() + " s" + logTail());
  }

  private Optional<String> nextLine() {
    try {
      return Optional.ofNullable(lines.poll(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  /// Stops the process where it stands, as a machine that hangs would: SIGSTOP.
  public void pause() {
    signal("-STOP");
    paused = true;
  }

  /// Lets a paused process go on: SIGCONT.
  public void resume() {
    signal("-CONT");
    paused = false;
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("cannot send SIG" + signal.substring(1) + " to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal to " + name, e);
    }
  }

  /// Ends the process as a crash would: kill -9.
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /// SIGTERM, without waiting for it to be heeded; kill -9 where a paused process could not heed
  /// it.
  void askToStop() {
    if (paused) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
  }

  /// Ends the process as an operator would: SIGTERM, and kill -9 where that is not heeded.
  public void stop() {
    askToStop();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Resident memory in MB as the kernel counts it; empty where the system does not tell.
  public Optional<Long> residentMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Optional.of(Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void follow() {
    try (BufferedReader reader = process.inputReader();
        Writer copy =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        copy.append(line).append('\n').flush();
        lines.add(line);
      }
    } catch (IOException _) {
      // The process is gone; its status says the rest.
    }
  }

  private String logTail() {
    List<String> tail = new ArrayList<>();
    try {
      List<String> all = Files.readAllLines(log);
      tail.addAll(all.subList(Math.max(0, all.size() - LOG_TAIL_LINES), all.size()));
    } catch (IOException _) {
      // No log: the status line alone has to do.
    }
    return tail.isEmpty() ? "" : "; the end of " + log + ":\n  " + String.join("\n  ", tail);
  }
}
