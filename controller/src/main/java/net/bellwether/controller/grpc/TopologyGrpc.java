package net.bellwether.controller.grpc;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.stream.Collectors;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.intent.Application;
import net.bellwether.controller.intent.Planning;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.tracker.LinkEstimate;
import net.bellwether.controller.tracker.StateEstimate;
import net.bellwether.scheduler.Timetable;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.v1.ApplyTopologyRequest;
import net.bellwether.v1.ApplyTopologyResponse;
import net.bellwether.v1.GetTopologyRequest;
import net.bellwether.v1.GetTopologyResponse;
import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.ListLinksRequest;
import net.bellwether.v1.ListLinksResponse;
import net.bellwether.v1.ListNodesRequest;
import net.bellwether.v1.ListNodesResponse;
import net.bellwether.v1.TopologyServiceGrpc;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.Vocabulary;

/// Operators' door to the network.
public final class TopologyGrpc extends TopologyServiceGrpc.TopologyServiceImplBase {
  private static final String DEFAULT_NAME = "topology.yaml";

  /// Sessions that a refusal describes; errors travel in headers, which are small.
  private static final int AFFECTED_SHOWN_MAX = 10;

  private final Office office;

  public TopologyGrpc(Office office) {
    this.office = office;
  }

  @Override
  public void applyTopology(
      ApplyTopologyRequest request, StreamObserver<ApplyTopologyResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("applying a topology");
          TopologyInForce topology = read(request);
          Applied applied =
              office
                  .engine()
                  .ask(core -> apply(core, topology, request.getReplan(), request.getDryRun()));
          return answer(applied);
        });
  }

  private record Applied(Application application, long revision) {}

  private static Applied apply(
      ControlCore core, TopologyInForce topology, boolean replan, boolean dryRun) {
    Application application = core.apply(topology, replan, dryRun);
    long revision = core.state().findTopology().map(TopologyInForce::revision).orElse(0L);
    return new Applied(application, revision);
  }

  private static ApplyTopologyResponse answer(Applied applied) {
    return switch (applied.application()) {
      case Application.Applied change ->
          ApplyTopologyResponse.newBuilder()
              .setRevision(applied.revision())
              .addAllKeptSessions(change.kept())
              .addAllReplannedSessions(change.replanned())
              .build();
      case Application.Refused refused ->
          throw RpcErrors.failedPrecondition(
              "%d session%s would lose what was promised:\n%s\nallow to re-plan or degrade them with replan (--replan)"
                  .formatted(
                      refused.affected().size(),
                      refused.affected().size() == 1 ? "" : "s",
                      firstOf(refused.affected())));
    };
  }

  private static String firstOf(List<String> sentences) {
    String first = sentences.stream().limit(AFFECTED_SHOWN_MAX).collect(Collectors.joining("\n"));
    int more = sentences.size() - AFFECTED_SHOWN_MAX;
    return more > 0 ? first + "\nand " + more + " more" : first;
  }

  private static TopologyInForce read(ApplyTopologyRequest request) {
    String name = request.getDocumentName().isEmpty() ? DEFAULT_NAME : request.getDocumentName();
    return switch (TopologyReader.read(name, request.getDocument())) {
      case TopologyReading.Valid valid -> fitting(request, name, valid.network());
      case TopologyReading.Invalid invalid ->
          throw RpcErrors.invalidArgument(
              invalid.mistakes().stream().map(TopologyGrpc::violation).toList());
    };
  }

  private static TopologyInForce fitting(
      ApplyTopologyRequest request, String name, Network network) {
    TopologyInForce topology = new TopologyInForce(request.getDocument(), name, network, 0);
    if (!StoreJournal.fits(topology)) {
      throw RpcErrors.invalidArgument(
          "document", "must fit the store once compressed; remove large comments");
    }
    return topology;
  }

  private static FieldViolation violation(Mistake mistake) {
    String place = mistake.document() + ":" + mistake.line() + ":" + mistake.field();
    return FieldViolation.newBuilder().setField(place).setDescription(mistake.rule()).build();
  }

  @Override
  public void getTopology(GetTopologyRequest request, StreamObserver<GetTopologyResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("the topology");
          TopologyInForce topology = topology(office.snapshot());
          return GetTopologyResponse.newBuilder()
              .setDocument(topology.document())
              .setRevision(topology.revision())
              .build();
        });
  }

  private static TopologyInForce topology(Snapshot snapshot) {
    return snapshot
        .state()
        .findTopology()
        .orElseThrow(() -> RpcErrors.notFound("topology", "in force; apply one first"));
  }

  @Override
  public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("the list of nodes");
          return ListNodesResponse.newBuilder()
              .addAllNodes(NodeStatuses.of(office.snapshot()))
              .build();
        });
  }

  @Override
  public void listLinks(ListLinksRequest request, StreamObserver<ListLinksResponse> caller) {
    Replies.answer(
        caller,
        () -> {
          Access.requireOperator("the list of links");
          Snapshot snapshot = office.snapshot();
          return ListLinksResponse.newBuilder().addAllLinks(links(snapshot)).build();
        });
  }

  private static List<LinkStatus> links(Snapshot snapshot) {
    Network network = snapshot.state().findNetwork().orElse(null);
    if (network == null) {
      return List.of();
    }
    Timetable timetable = Planning.timetable(snapshot.state(), network);
    return snapshot.estimates().stream()
        .map(estimate -> link(network, estimate, timetable))
        .toList();
  }

  private static LinkStatus link(Network network, LinkEstimate estimate, Timetable timetable) {
    LinkMode declared = estimate.declared();
    LinkStatus.Builder status =
        LinkStatus.newBuilder()
            .setLink(declared.link().value())
            .setNodeA(declared.a().value())
            .setNodeB(declared.b().value())
            .setLengthKm(network.link(declared.link()).medium().lengthKm())
            .setMode(declared.mode())
            .setDeclaredPairsPerSecond(declared.fluidPairsPerSecond())
            .setDeclaredFidelity(declared.state().fidelity())
            .setEstimatedPairsPerSecond(estimate.pairsPerSecond())
            .setCommittedShare(Math.min(1, timetable.committedShare(declared.link())))
            .setDegraded(estimate.degraded());
    StateEstimate state = estimate.state();
    if (state != null) {
      status
          .setEstimatedState(Vocabulary.toProto(state.state()))
          .setFidelityHalfWidth(state.fidelityHalfWidth())
          .setTestPairCount(state.pairCount());
    }
    return status.build();
  }
}
