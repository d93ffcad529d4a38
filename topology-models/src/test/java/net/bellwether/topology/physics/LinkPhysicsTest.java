package net.bellwether.topology.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

class LinkPhysicsTest {
  private static final Heralding CLICK = new Heralding.SingleClick(0.5, 0.5, 0.98, 10, 1e-9);
  private static final Heralding SOURCE = new Heralding.MiddleSource(0.6, 0.7, 0.99, 100, 1e-9);
  private static final GenerationMode MODE = new GenerationMode("bright", 0.05);

  @Test
  void eachPhotonCrossesHalfTheFiber() {
    LinkPhysics whole = physics(new Medium.Fiber(50, 0.2), CLICK, 1e3);
    Generation expected =
        Generation.singleClick(
            0.05,
            0.5 * Math.pow(10, -0.5),
            0.5 * Math.pow(10, -0.5),
            Channel.darkCountProbability(10, 1e-9),
            0.98);
    assertThat(whole.attemptSuccessProbability())
        .isCloseTo(expected.successProbability(), within(1e-12));
    assertThat(whole.state().fidelity()).isCloseTo(expected.state().fidelity(), within(1e-12));
  }

  @Test
  void hollowCoreFiberOfHalfTheLossIsFiberOfHalfTheLength() {
    assertThat(physics(new Medium.HollowCoreFiber(50, 0.1), CLICK, 1e3).attemptSuccessProbability())
        .isCloseTo(
            physics(new Medium.Fiber(25, 0.2), CLICK, 1e3).attemptSuccessProbability(),
            within(1e-12));
  }

  @Test
  void modeOfMidpointHeraldingWaitsForItsHerald() {
    LinkPhysics fast = physics(new Medium.Fiber(50, 0.2), CLICK, 1e9);
    assertThat(fast.attemptPeriodPicos()).isEqualTo(250_000_000L);
    assertThat(fast.heraldLatencyPicos()).isEqualTo(125_000_000L);
    assertThat(fast.classicalLatencyPicos()).isEqualTo(250_000_000L);
    assertThat(physics(new Medium.Fiber(50, 0.2), CLICK, 1e3).attemptPeriodPicos())
        .isEqualTo(1_000_000_000L);
  }

  @Test
  void endsOfMiddleSourceExchangeDetectionsButNeverWaitForThem() {
    LinkPhysics link = physics(new Medium.Fiber(50, 0.2), SOURCE, 1e9);
    assertThat(link.attemptPeriodPicos()).isEqualTo(1_000L);
    assertThat(link.heraldLatencyPicos()).isEqualTo(250_000_000L);
  }

  @Test
  void downlinksMultiplyDiffractionAirPointingAndReceiver() {
    var satellite = new Medium.Satellite(1200, 500, 30, 90, 810, 0.1, 0.5, 0.9, 0.8);
    double armA =
        0.8 * 0.81 * Channel.diffractionTransmission(909.4249382619946e3, 810e-9, 0.1, 0.5);
    double armB = 0.8 * 0.9 * 0.2584830386789023;
    double dark = Channel.darkCountProbability(100, 1e-9);
    Generation expected = Generation.middleSource(0.05, armA * 0.6, armB * 0.7, dark, 0.99);
    LinkPhysics link = physics(satellite, SOURCE, 1e9);
    assertThat(link.attemptSuccessProbability())
        .isCloseTo(expected.successProbability(), within(1e-12));
    assertThat(link.state().fidelity()).isCloseTo(expected.state().fidelity(), within(1e-12));
  }

  @Test
  void accidentalCoincidencesOfMiddleSourceAreMixed() {
    Generation made = Generation.middleSource(0.01, 0.2, 0.3, 1e-4, 0.98);
    double signal = 0.01 * 0.2 * 0.3;
    double accidental = (0.002 + 1e-4) * (0.003 + 1e-4);
    assertThat(made.successProbability()).isCloseTo(signal + accidental, within(1e-15));
    assertThat(made.state().fidelity())
        .isCloseTo((signal * 0.98 + accidental * 0.25) / (signal + accidental), within(1e-12));
  }

  @Test
  void freeSpaceBeamIsCutByItsReceivers() {
    var air = new Medium.FreeSpace(10, 1550, 0.05, 0.1, 0.64);
    double arm = 0.8 * Channel.diffractionTransmission(5e3, 1550e-9, 0.05, 0.1);
    assertThat(Arms.of(air).a()).isCloseTo(arm, within(1e-12));
  }

  @Test
  void darkLinkNeverSucceedsAndKnowsNothing() {
    Generation nothing = Generation.singleClick(0, 0.1, 0.1, 0, 1);
    assertThat(nothing).isEqualTo(new Generation(0, BellDiagonal.MIXED));
  }

  @Test
  void satelliteThatHeraldsInTheMiddleIsRefused() {
    var satellite = new Medium.Satellite(1200, 500, 30, 90, 810, 0.1, 0.5, 0.9, 0.8);
    assertThatThrownBy(() -> physics(satellite, CLICK, 1e6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a-b");
  }

  @Test
  void sourceTooBrightForItsModelIsRefused() {
    assertThatThrownBy(() -> Generation.middleSource(1, 1, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("intensity (1.0)");
  }

  @Test
  void capacityOfLinkIsThatOfItsWorseArm() {
    Link fiber = link(new Medium.Fiber(100, 0.2), CLICK, 1e9);
    double attemptsPerSecond = 4 * 8 / 500e-6;
    assertThat(Capacity.bitsPerSecond(fiber))
        .isCloseTo(attemptsPerSecond * 0.15200309344504995, within(1e-6));
    Link shorter = link(new Medium.Fiber(10, 0.2), CLICK, 1e9);
    assertThat(Capacity.chainBitsPerSecond(List.of(shorter, fiber)))
        .isEqualTo(Capacity.bitsPerSecond(fiber));
  }

  private static LinkPhysics physics(Medium medium, Heralding heralding, double attemptRateHz) {
    return LinkPhysics.of(link(medium, heralding, attemptRateHz), MODE);
  }

  private static Link link(Medium medium, Heralding heralding, double attemptRateHz) {
    return new Link(
        LinkId.of("a-b"),
        NodeId.of("a"),
        NodeId.of("b"),
        medium,
        heralding,
        attemptRateHz,
        4,
        8,
        List.of(MODE));
  }
}
