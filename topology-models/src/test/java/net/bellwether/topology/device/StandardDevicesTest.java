package net.bellwether.topology.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.topology.Link;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.LinkPhysics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardDevicesTest {
  @ParameterizedTest
  @CsvSource({
    "0.001, 0.90",
    "0.001, 0.995",
    "1, 0.95",
    "31.6, 0.9",
    "31.6, 0.995",
    "80, 0.93",
    "120, 0.9",
    "120, 0.995"
  })
  void pairsOfALinkHaveTheFidelityAskedFor(double lengthKm, double fidelity) {
    Link link = link(lengthKm, fidelity);
    LinkPhysics physics = LinkPhysics.of(link, link.modes().getFirst());
    assertThat(physics.state().fidelity()).isCloseTo(fidelity, within(2e-6));
    assertThat(physics.attemptSuccessProbability()).isGreaterThan(1 / 7000.0);
  }

  @Test
  void lengthIsRoundedToMetres() {
    assertThat(link(12.34567, 0.95).medium().lengthKm()).isEqualTo(12.346);
    assertThat(link(0, 0.95).medium().lengthKm()).isEqualTo(0.001);
  }

  @ParameterizedTest
  @CsvSource({"20, 0.999", "600, 0.99", "20, NaN"})
  void fidelityOutOfReachIsRefused(double lengthKm, double fidelity) {
    assertThatThrownBy(() -> link(lengthKm, fidelity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fidelity (" + fidelity);
  }

  private static Link link(double lengthKm, double fidelity) {
    return StandardDevices.DEFAULT.link(
        LinkId.of("a-b"), NodeId.of("a"), NodeId.of("b"), lengthKm, fidelity);
  }
}
