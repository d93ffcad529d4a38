package net.bellwether.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.plan.QuestionMistake;

/// Many planning questions, a line each, answered side by side and printed in their order.
final class PlanBatch {
  /// Lines read ahead of the one that is printed next, for each worker.
  private static final int AHEAD = 32;

  /// Characters of a line; a request with every limit there is has some thousands.
  private static final int LINE_MAX = 1 << 20;

  private static final int PROGRESS_EVERY = 1_000;

  private final Bellctl root;
  private final PlanSource source;
  private final PlanRequestRequest defaults;
  private final Map<PlanStatus, Integer> counts = new EnumMap<>(PlanStatus.class);

  /// `defaults` is what holds for every line that does not say otherwise.
  PlanBatch(Bellctl root, PlanSource source, PlanRequestRequest defaults) {
    this.root = root;
    this.source = source;
    this.defaults = defaults;
  }

  /// Answers every line of `file`.
  Exit run(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      answer(lines);
    } catch (NoSuchFileException _) {
      throw new CommandFailure(Exit.USAGE, "--requests (" + file + ") does not exist");
    } catch (CharacterCodingException _) {
      throw new CommandFailure(Exit.USAGE, "--requests (" + file + ") must be UTF-8");
    } catch (IOException e) {
      throw new CommandFailure(
          Exit.USAGE, "--requests (" + file + ") cannot be read: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.FAILED, "interrupted");
    }
    root.err().println(summary());
    return counts.containsKey(PlanStatus.INVALID) ? Exit.USAGE : Exit.OK;
  }

  private void answer(BufferedReader lines) throws IOException, InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(source.atOnce());
    try {
      Queue<Future<PlanRequestResponse>> ahead = new ArrayDeque<>();
      int number = 0;
      for (Optional<String> line = read(lines); line.isPresent(); line = read(lines)) {
        int at = ++number;
        String text = line.get();
        if (!text.isBlank()) {
          ahead.add(workers.submit(() -> answer(at, text)));
        }
        if (ahead.size() >= AHEAD * source.atOnce()) {
          print(ahead.remove());
        }
      }
      for (Future<PlanRequestResponse> next : ahead) {
        print(next);
      }
    } finally {
      workers.shutdownNow();
    }
  }

  /// The next line, or as much of it as shows that it is too long.
  private static Optional<String> read(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = lines.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = lines.read()) {
      if (line.length() <= LINE_MAX) {
        line.append((char) next);
      }
    }
    return Optional.of(line.toString());
  }

  private PlanRequestResponse answer(int number, String text) {
    try {
      if (text.length() > LINE_MAX) {
        throw new IllegalArgumentException("must have at most " + LINE_MAX + " characters");
      }
      return source.answer(QuestionLine.parse(text, defaults));
    } catch (QuestionMistake e) {
      String field = e.field();
      String key = QuestionField.findByField(field).map(QuestionField::key).orElse(field);
      return invalid(number, e.messageFor(key));
    } catch (IllegalArgumentException e) {
      return invalid(number, String.valueOf(e.getMessage()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
        return invalid(number, RpcErrors.describe(e));
      }
      throw e;
    }
  }

  private static PlanRequestResponse invalid(int number, String mistake) {
    return PlanRequestResponse.newBuilder()
        .setStatus(PlanStatus.INVALID.word())
        .setReason("line %d: %s".formatted(number, mistake.replace("\n", "; ")))
        .build();
  }

  private void print(Future<PlanRequestResponse> answering) throws InterruptedException {
    PlanRequestResponse answer;
    try {
      answer = answering.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
    Answers.printNext(
        root, answer, () -> TreeText.jsonLine(MessageTree.of(answer)).stripTrailing());
    counts.merge(PlanStatus.of(answer), 1, Integer::sum);
    if (total() % PROGRESS_EVERY == 0) {
      root.err().println(summary());
      root.err().flush();
    }
  }

  private int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// For example `12 requests: 10 planned, 1 rejected, 1 invalid`.
  private String summary() {
    return Arrays.stream(PlanStatus.values())
        .map(status -> counts.getOrDefault(status, 0) + " " + status.word())
        .collect(Collectors.joining(", ", total() + " requests: ", ""));
  }
}
