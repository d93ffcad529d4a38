package net.bellwether.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.plan.QuestionMistake;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellctl plan`.
@Command(
    name = "plan",
    sortOptions = false,
    description = {
      "Plans a request without opening anything.",
      "With --file or --scenario on that network, without a controller; else on the live network."
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private PlanOptions options = new PlanOptions();

  @Option(names = "--file", paramLabel = "FILE", description = "plan on this topology document")
  private @Nullable Path file;

  @Option(names = "--scenario", paramLabel = "NAME", description = "plan on one of the library")
  private @Nullable String scenario;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description = {
        "plan every line of this file, a JSON object with these options as keys",
        "(minFidelity, maxHops, ...); prints a line of JSON for each, in their order"
      })
  private @Nullable Path requests;

  @Spec private @Nullable CommandSpec spec;

  private final Bellctl root;

  PlanCommand(Bellctl root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (requests == null) {
      require(options.hasFrom(), "--from");
      require(options.hasTo(), "--to");
    }
    PlanRequestRequest question = options.question();
    try (PlanSource source = source()) {
      return requests == null
          ? one(source, question).code()
          : new PlanBatch(root, source, question).run(requests).code();
    }
  }

  private PlanSource source() {
    Optional<TopologySource> document = TopologySource.find(file, scenario);
    return document.isPresent()
        ? PlanSource.Offline.of(document.get().network())
        : new PlanSource.Online(root.connect());
  }

  private Exit one(PlanSource source, PlanRequestRequest question) {
    PlanRequestResponse answer;
    try {
      answer = source.answer(question);
    } catch (QuestionMistake e) {
      String field = e.field();
      throw new CommandFailure(
          Exit.USAGE,
          e.messageFor(QuestionField.findByField(field).map(QuestionField::option).orElse(field)));
    }
    Answers.print(root, answer, () -> PlanTable.text(answer));
    return PlanStatus.of(answer) == PlanStatus.PLANNED ? Exit.OK : Exit.REFUSED;
  }

  private void require(boolean given, String option) {
    if (!given && spec != null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '" + option + "=NODE'");
    }
  }
}
