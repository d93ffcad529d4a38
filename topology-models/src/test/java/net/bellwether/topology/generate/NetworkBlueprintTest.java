package net.bellwether.topology.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkBlueprintTest {
  private static final NetworkBlueprint PLAIN = NetworkBlueprint.of(NetworkModel.WAXMAN, 1000, 1);

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void modelIsNamedAsItIsPrinted(NetworkModel model) {
    assertThat(NetworkModel.parse(model.toString())).isEqualTo(model);
  }

  @Test
  void unknownModelListsTheModels() {
    assertThatThrownBy(() -> NetworkModel.parse("star"))
        .hasMessage("model (star) must be one of waxman, grid, barabasi-albert, chain");
  }

  @Test
  void thousandNodesStandOnAThousandKilometres() {
    assertThat(PLAIN.sideKm()).isEqualTo(1000);
    assertThat(PLAIN.averageDegree()).isEqualTo(6);
  }

  @Test
  void smallNetworksAreJoinedAsFarAsTheirNodesGo() {
    assertThat(NetworkBlueprint.of(NetworkModel.WAXMAN, 4, 1).averageDegree()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 100_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void numberOfNodesOutOfRangeIsRefused(int nodes) {
    assertThatThrownBy(() -> NetworkBlueprint.of(NetworkModel.GRID, nodes, 1))
        .hasMessage("nodes (" + nodes + ") must be in [3, 100000]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.99, -6, 32.1, Double.NaN, Double.POSITIVE_INFINITY})
  void degreeOutOfRangeIsRefused(double degree) {
    assertThatThrownBy(() -> PLAIN.withAverageDegree(degree))
        .hasMessage("averageDegree (" + degree + ") must be in [1, 32.0] for 1000 nodes");
  }

  @Test
  void degreeBeyondTheOtherNodesIsRefused() {
    NetworkBlueprint small = NetworkBlueprint.of(NetworkModel.WAXMAN, 5, 1);
    assertThatThrownBy(() -> small.withAverageDegree(5))
        .hasMessage("averageDegree (5.0) must be in [1, 4.0] for 5 nodes");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1898, Double.NaN, Double.POSITIVE_INFINITY})
  void sideOutOfRangeIsRefused(double sideKm) {
    assertThatThrownBy(() -> PLAIN.withSideKm(sideKm)).hasMessageStartingWith("sideKm (" + sideKm);
  }
}
