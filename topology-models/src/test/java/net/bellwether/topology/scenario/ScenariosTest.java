package net.bellwether.topology.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Capacity;
import net.bellwether.topology.physics.LinkPhysics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
  /// What a round of waits may cost in the scenarios.
  private static final double WAITING = 0.005;

  /// The part of each frame in which links are tested.
  private static final long TEST_PICOS = 5_000_000_000L;

  private static List<String> names() {
    return Scenarios.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyScenarioIsAValidNetworkOfItsName(String name) {
    assertThat(network(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nodesHoldTheModesOfAllTheirLinksAtOnce(String name) {
    Network network = network(name);
    for (Node node : network.nodes().values()) {
      int needed =
          network.links().values().stream()
              .filter(link -> link.a().equals(node.id()) || link.b().equals(node.id()))
              .mapToInt(Link::multiplexing)
              .sum();
      assertThat(node.memoryQubits().count()).as("%s", node.id()).isGreaterThanOrEqualTo(needed);
      assertThat(node.communicationQubits().count())
          .as("%s", node.id())
          .isGreaterThanOrEqualTo(needed);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyModeHasTimeForSeveralTestAttemptsInItsPartOfTheFrame(String name) {
    for (Link link : network(name).links().values()) {
      for (GenerationMode mode : link.modes()) {
        LinkPhysics physics = LinkPhysics.of(link, mode);
        long attempts =
            (TEST_PICOS / link.modes().size() - physics.heraldLatencyPicos())
                / physics.attemptPeriodPicos();
        assertThat(attempts).as("%s/%s", link.id(), mode.name()).isGreaterThanOrEqualTo(5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void noLinkClaimsMorePairsThanPhysicsAllows(String name) {
    for (Link link : network(name).links().values()) {
      for (GenerationMode mode : link.modes()) {
        LinkPhysics physics = LinkPhysics.of(link, mode);
        double pairsPerSecond =
            link.multiplexing()
                * physics.attemptSuccessProbability()
                * 1e12
                / physics.attemptPeriodPicos();
        assertThat(pairsPerSecond).isLessThan(Capacity.bitsPerSecond(link));
      }
    }
  }

  @Test
  void chicagoReachesOakRidgeOverSixHundredKilometresAndOneSatellite() {
    Network network = network("qit-chicago");
    List<Link> route =
        links(network, "chicago-argonne", "argonne-cookeville", "cookeville-oak-ridge");
    assertThat(route.stream().mapToDouble(link -> link.medium().lengthKm()).sum())
        .isCloseTo(600, within(1e-9));
    assertThat(network.links().values().stream().map(Link::medium))
        .filteredOn(medium -> medium instanceof Medium.Satellite)
        .hasSize(1);
    assertThat(nodesOf(network, NodeRole.END_NODE)).contains("chicago", "argonne", "oak-ridge");
    assertThat(chainState(network, "chicago", route).fidelity()).isGreaterThan(0.92 + WAITING);
    assertThat(new RoundModel(route).pairsPerSecond()).isBetween(7_500.0, 9_000.0);
  }

  @Test
  void chicagoReachesOakRidgeWithoutItsDirectFibreToArgonne() {
    Network network = network("qit-chicago");
    List<Link> detour =
        links(
            network,
            "chicago-lafayette",
            "lafayette-argonne",
            "argonne-cookeville",
            "cookeville-oak-ridge");
    assertThat(chainState(network, "chicago", detour).fidelity()).isGreaterThan(0.92 + WAITING);
    assertThat(new RoundModel(detour).pairsPerSecond()).isGreaterThan(3_000);
  }

  @Test
  void cambridgeLoopJoinsLabAndExchangeBothWaysRound() {
    Network network = network("cambridge-loop");
    assertThat(
            network.links().values().stream().mapToDouble(link -> link.medium().lengthKm()).sum())
        .isCloseTo(25, within(1e-9));
    List<Link> direct = links(network, "lab-college", "college-exchange");
    assertThat(chainState(network, "lab", direct).fidelity()).isGreaterThan(0.97 + WAITING);
    assertThat(new RoundModel(direct).pairsPerSecond()).isBetween(3_500.0, 4_500.0);
    List<Link> detour = links(network, "science-park-lab", "exchange-science-park");
    assertThat(chainState(network, "lab", detour).fidelity()).isGreaterThan(0.97 + WAITING);
    assertThat(new RoundModel(detour).pairsPerSecond()).isGreaterThan(3_000);
  }

  @Test
  void fiftyKilometreLinkKeepsItsFidelityAtEightThousandPairs() {
    Network network = network("repeater-50km");
    List<Link> link = links(network, "west-east");
    assertThat(link.getFirst().medium().lengthKm()).isEqualTo(50);
    assertThat(chainState(network, "west", link).fidelity()).isGreaterThan(0.92 + WAITING);
    assertThat(new RoundModel(link).pairsPerSecond()).isBetween(8_000.0, 9_500.0);
  }

  @Test
  void unknownScenarioIsRefusedWithTheNamesThatExist() {
    assertThatThrownBy(() -> Scenarios.document("boston"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scenario (boston) must be one of qit-chicago, cambridge-loop, repeater-50km");
  }

  /// State of a pair over the links, each in its first mode, with swaps but without waits.
  private static BellDiagonal chainState(Network network, String from, List<Link> links) {
    BellDiagonal state =
        LinkPhysics.of(links.getFirst(), links.getFirst().modes().getFirst()).state();
    NodeId reached = links.getFirst().peerOf(NodeId.of(from));
    for (Link link : links.subList(1, links.size())) {
      BellDiagonal next = LinkPhysics.of(link, link.modes().getFirst()).state();
      state = state.swapped(next, network.node(reached).operations());
      reached = link.peerOf(reached);
    }
    return state;
  }

  private static List<String> nodesOf(Network network, NodeRole role) {
    return network.nodes().values().stream()
        .filter(node -> node.role() == role)
        .map(node -> node.id().value())
        .toList();
  }

  private static List<Link> links(Network network, String... names) {
    return Arrays.stream(names).map(name -> network.link(LinkId.of(name))).toList();
  }

  private static Network network(String name) {
    return switch (TopologyReader.read(name + ".yaml", Scenarios.document(name))) {
      case TopologyReading.Valid valid -> valid.network();
      case TopologyReading.Invalid invalid ->
          throw new AssertionError(invalid.mistakes().toString());
    };
  }
}
