package net.bellwether.topology.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.LinkPhysics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkGeneratorTest {
  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void sameSeedGivesTheSameNetwork(NetworkModel model) {
    assertThat(network(model, 200, 7)).isEqualTo(network(model, 200, 7));
    assertThat(network(model, 200, 7).links().sequencedValues().stream().toList())
        .isEqualTo(network(model, 200, 7).links().sequencedValues().stream().toList());
  }

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void anotherSeedGivesAnotherNetwork(NetworkModel model) {
    assertThat(network(model, 200, 7).links()).isNotEqualTo(network(model, 200, 8).links());
  }

  static Stream<Arguments> modelsAndSizes() {
    return Stream.of(NetworkModel.values())
        .flatMap(
            model -> Stream.of(3, 4, 5, 7, 10, 50, 1000).map(nodes -> Arguments.of(model, nodes)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndSizes")
  void everyNodeReachesEveryOther(NetworkModel model, int nodes) {
    for (long seed = 0; seed < 10; seed++) {
      Network network = network(model, nodes, seed);
      assertThat(network.nodes()).hasSize(nodes);
      assertThat(reached(network)).describedAs("seed %d", seed).isEqualTo(nodes);
    }
  }

  @Test
  void sparseWaxmanGraphIsJoinedByShortLinks() {
    NetworkBlueprint sparse =
        NetworkBlueprint.of(NetworkModel.WAXMAN, 1000, 3).withAverageDegree(1);
    Network network = NetworkGenerator.generate(sparse);
    assertThat(reached(network)).isEqualTo(1000);
    assertThat(network.links().values()).allMatch(link -> link.medium().lengthKm() <= 120);
  }

  @Test
  void sitesFarBeyondTheRadiusAreJoinedAllTheSame() {
    // 60 km spacing leaves corners whose neighbours stand beyond the 120 km of a drawn link.
    for (long seed = 0; seed < 200; seed++) {
      Network network =
          NetworkGenerator.generate(
              NetworkBlueprint.of(NetworkModel.WAXMAN, 20, seed)
                  .withAverageDegree(1)
                  .withSideKm(60 * Math.sqrt(20)));
      assertThat(reached(network)).isEqualTo(20);
    }
  }

  @Test
  void waxmanGraphHasItsAverageDegreeAndFewLinksMore() {
    Network network = network(NetworkModel.WAXMAN, 10_000, 1);
    assertThat(2.0 * network.links().size() / 10_000).isBetween(6.0, 6.1);
  }

  @Test
  void nearSitesAreJoinedMoreOftenThanFarOnes() {
    // Sites around one at distance r grow with r, so links are spread as r exp(-r/D), D = 39.53 km;
    // its integrals over [0, 20) and [60, 80) are as 0.605 to 1, a little more at the rim of the
    // map.
    List<Double> lengths =
        network(NetworkModel.WAXMAN, 10_000, 1).links().values().stream()
            .map(link -> link.medium().lengthKm())
            .toList();
    double near = lengths.stream().filter(km -> km < 20).count();
    double far = lengths.stream().filter(km -> km >= 60 && km < 80).count();
    assertThat(near / far).isCloseTo(0.605, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"9, 12", "10, 13", "12, 17", "100, 180"})
  void gridJoinsNeighboursInRowsAndColumns(int nodes, int links) {
    assertThat(network(NetworkModel.GRID, nodes, 1).links()).hasSize(links);
  }

  @Test
  void chainIsOneLine() {
    assertThat(network(NetworkModel.CHAIN, 5, 1).links().keySet())
        .extracting(Object::toString)
        .containsExactly("n1-n2", "n2-n3", "n3-n4", "n4-n5");
  }

  @Test
  void newNodesOfABarabasiAlbertGraphJoinThreeOldOnesAndHubsEmerge() {
    Network network = network(NetworkModel.BARABASI_ALBERT, 1000, 1);
    assertThat(network.links()).hasSize(6 + 3 * 996);
    Map<NodeId, Integer> degrees = new HashMap<>();
    for (Link link : network.links().values()) {
      degrees.merge(link.a(), 1, Integer::sum);
      degrees.merge(link.b(), 1, Integer::sum);
    }
    assertThat(degrees.values()).allMatch(degree -> degree >= 3);
    assertThat(degrees.values()).anyMatch(degree -> degree > 50);
  }

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void linkFidelitiesFillTheirRangeEvenly(NetworkModel model) {
    List<LinkPhysics> physics =
        network(model, 2000, 5).links().values().stream()
            .map(link -> LinkPhysics.of(link, link.modes().getFirst()))
            .toList();
    assertThat(physics)
        .allSatisfy(each -> {
          assertThat(each.state().fidelity()).isBetween(0.9 - 1e-5, 0.995 + 1e-5);
          assertThat(each.attemptSuccessProbability()).isGreaterThan(1e-4);
        });
    double mean =
        physics.stream().mapToDouble(each -> each.state().fidelity()).average().orElseThrow();
    assertThat(mean).isCloseTo(0.9475, within(0.003));
  }

  @Test
  void everyNodeIsAnEndNodeThatCanSwapAllItsLinksAtOnce() {
    Network network = network(NetworkModel.BARABASI_ALBERT, 300, 5);
    Map<NodeId, Integer> modes = new HashMap<>();
    for (Link link : network.links().values()) {
      modes.merge(link.a(), link.multiplexing(), Integer::sum);
      modes.merge(link.b(), link.multiplexing(), Integer::sum);
    }
    for (Node node : network.nodes().values()) {
      assertThat(node.role()).isEqualTo(NodeRole.END_NODE);
      assertThat(node.operations().swapSuccessProbability()).isEqualTo(0.99);
      assertThat(node.memoryQubits().count()).isEqualTo(modes.get(node.id()));
      assertThat(node.communicationQubits().count()).isEqualTo(modes.get(node.id()));
    }
  }

  @Test
  void hundredThousandNodesAreOneConnectedNetwork() {
    Network network = network(NetworkModel.WAXMAN, 100_000, 1);
    assertThat(network.links()).hasSizeBetween(300_000, 304_000);
    assertThat(reached(network)).isEqualTo(100_000);
  }

  @Test
  void degreeBeyondTheCandidatesIsRefusedByName() {
    NetworkBlueprint dense = NetworkBlueprint.of(NetworkModel.WAXMAN, 30, 1).withAverageDegree(29);
    assertThatThrownBy(() -> NetworkGenerator.generate(dense))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("averageDegree (29.0) must be at most");
  }

  private static Network network(NetworkModel model, int nodes, long seed) {
    return NetworkGenerator.generate(NetworkBlueprint.of(model, nodes, seed));
  }

  private static int reached(Network network) {
    Map<NodeId, Set<NodeId>> peers = new HashMap<>();
    for (Link link : network.links().values()) {
      peers.computeIfAbsent(link.a(), _ -> new HashSet<>()).add(link.b());
      peers.computeIfAbsent(link.b(), _ -> new HashSet<>()).add(link.a());
    }
    NodeId first = network.nodes().firstEntry().getKey();
    Set<NodeId> reached = new HashSet<>(Set.of(first));
    Deque<NodeId> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (NodeId peer : peers.getOrDefault(open.remove(), Set.of())) {
        if (reached.add(peer)) {
          open.add(peer);
        }
      }
    }
    return reached.size();
  }
}
