package net.bellwether.topology.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.Capacity;
import org.junit.jupiter.api.Test;

/// Capacity of a lossy channel \[plob2017\] and of chains of them \[pirandola2019\].
class PlobTest {
  /// plob2017, abstract: the repeaterless rate is some 1.44 η bits per use at high loss, 1 / ln 2.
  @Test
  void repeaterlessRateIsProportionalToTransmissionAtHighLoss() {
    assertThat(Capacity.plobBitsPerUse(1e-6) / 1e-6).isCloseTo(1 / Math.log(2), within(1e-6));
    assertThat(Capacity.plobBitsPerUse(1e-9) / 1e-9).isCloseTo(1.44, within(0.003));
  }

  /// plob2017: -log2(1 - η) is one bit where half of the light arrives, at 3 dB.
  @Test
  void channelThatLosesHalfCarriesOneBit() {
    assertThat(Capacity.plobBitsPerUse(0.5)).isCloseTo(1, within(1e-15));
  }

  /// pirandola2019: n equidistant repeaters make -log2(1 - η^(1 / (n + 1))), so that the loss
  /// between neighbours alone counts.
  @Test
  void equidistantRepeatersLeaveTheLossOfOneSection() {
    double perSection = Math.pow(Math.pow(10, -0.02 * 400), 1.0 / 4);
    assertThat(Capacity.plobBitsPerUse(perSection))
        .isCloseTo(Capacity.plobBitsPerUse(0.01), within(1e-15));
    assertThat(Capacity.plobBitsPerUse(perSection)).isCloseTo(0.014499569695115089, within(1e-12));
  }

  /// pirandola2019: with ideal repeaters a chain is as good as its worst link, wherever it is.
  @Test
  void chainIsAsGoodAsItsWorstLink() {
    List<Link> chain = new ArrayList<>(List.of(link(40), link(90), link(25)));
    double worst = Capacity.bitsPerSecond(link(90));
    assertThat(Capacity.chainBitsPerSecond(chain)).isEqualTo(worst);
    assertThat(Capacity.chainBitsPerSecond(chain.reversed())).isEqualTo(worst);
  }

  private static Link link(double lengthKm) {
    return new Link(
        LinkId.of("a-b"),
        NodeId.of("a"),
        NodeId.of("b"),
        new Medium.Fiber(lengthKm, 0.2),
        new Heralding.SingleClick(1, 1, 1, 0, 1e-9),
        1e3,
        1,
        1,
        List.of(new GenerationMode("only", 0.1)));
  }
}
