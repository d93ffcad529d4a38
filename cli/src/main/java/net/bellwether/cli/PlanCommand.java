package net.bellwether.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Planner;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.plan.PlanMessages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bellctl plan`.
@Command(
    name = "plan",
    description = {
      "Plans a request without opening anything.",
      "With --file or --scenario on that network, without a controller; else on the live network."
    })
final class PlanCommand implements Callable<Integer> {
  private static final int NANOS_PER_MICRO = 1000;

  @Option(names = "--from", required = true, paramLabel = "NODE", description = "one end")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "NODE", description = "the other end")
  private String to = "";

  @Option(
      names = "--min-fidelity",
      paramLabel = "F",
      description =
          "floor on the fidelity of delivered pairs, in (0.5, 1]; without it: best secret key rate")
  private @Nullable Double minFidelity;

  @Option(names = "--file", paramLabel = "FILE", description = "plan on this topology document")
  private @Nullable Path file;

  @Option(names = "--scenario", paramLabel = "NAME", description = "plan on one of the library")
  private @Nullable String scenario;

  @Option(names = "--empty-network", description = "ignore what sessions hold")
  private boolean emptyNetwork;

  private final Bellctl root;

  PlanCommand(Bellctl root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    PlanRequestRequest question =
        PlanRequestRequest.newBuilder()
            .setFromNode(from)
            .setToNode(to)
            .setMinFidelity(SessionWish.fidelity(minFidelity))
            .setEmptyNetwork(emptyNetwork)
            .build();
    Optional<TopologySource> source = TopologySource.find(file, scenario);
    PlanRequestResponse answer =
        source.isPresent() ? offline(source.get().network(), question) : online(question);
    Answers.print(root, answer, () -> PlanTable.text(answer));
    return answer.getStatus().equals(PlanMessages.PLANNED) ? Exit.OK.code() : Exit.REFUSED.code();
  }

  private PlanRequestResponse online(PlanRequestRequest question) {
    try (ControllerConnection controller = root.connect()) {
      return controller.plans().planRequest(question);
    }
  }

  private static PlanRequestResponse offline(Network network, PlanRequestRequest question) {
    Request request = PlanMessages.request(network.name(), network.nodes().keySet(), question);
    long start = System.nanoTime();
    PlanOutcome outcome = Planner.plan(NetworkView.declared(network), request);
    return PlanMessages.response(outcome, (System.nanoTime() - start) / NANOS_PER_MICRO);
  }
}
