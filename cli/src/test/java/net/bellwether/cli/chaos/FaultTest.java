package net.bellwether.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
  @Test
  void equalSeedsDrawEqualFaults() {
    assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
  }

  @Test
  void everyKindIsDrawn() {
    Set<Fault.Kind> kinds = faults(1).stream().map(Fault::kind).collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(EnumSet.allOf(Fault.Kind.class));
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSE_LEADER", "CUT_LEADER_FROM_ETCD", "CUT_OFF_LEADERS_MACHINE"})
  void leaderStaysAwayLongerThanItsLease(Fault.Kind kind) {
    assertThat(faults(1))
        .filteredOn(fault -> fault.kind() == kind)
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault.lastsMillis()).isBetween(6_000L, 12_000L));
  }

  @Test
  void waysAreSlowByOneToThreeTimes50Millis() {
    assertThat(faults(1))
        .extracting(Fault::delayMillis)
        .allSatisfy(delay -> assertThat(delay).isBetween(50L, 150L))
        .contains(50L, 150L);
  }

  @Test
  void networkOfTenSitesIsValid() {
    assertThat(TopologyReader.read("ten-sites.yaml", TenSites.document()))
        .isInstanceOfSatisfying(
            TopologyReading.Valid.class, valid -> assertThat(valid.network().nodes()).hasSize(10));
  }

  @Test
  void whatIsNotPossibleIsNotDrawn() {
    Set<Fault.Kind> possible = EnumSet.of(Fault.Kind.KILL_AGENT, Fault.Kind.RESET_CONTROLLER);
    assertThat(faults(1, possible).map(Fault::kind).collect(Collectors.toSet()))
        .isEqualTo(possible);
  }

  private static List<Fault> faults(long seed) {
    return faults(seed, EnumSet.allOf(Fault.Kind.class)).toList();
  }

  private static Stream<Fault> faults(long seed, Set<Fault.Kind> kinds) {
    return Stream.generate(Fault.drawnBy(new SplittableRandom(seed), kinds)).limit(500);
  }
}
