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

  @Test
  void pausedLeaderStaysAwayLongerThanItsLease() {
    assertThat(faults(1))
        .filteredOn(fault -> fault.kind() == Fault.Kind.PAUSE_LEADER)
        .allSatisfy(fault -> assertThat(fault.lastsMillis()).isBetween(6_000L, 12_000L));
  }

  @Test
  void networkOfTenSitesIsValid() {
    assertThat(TopologyReader.read("ten-sites.yaml", TenSites.document()))
        .isInstanceOfSatisfying(
            TopologyReading.Valid.class, valid -> assertThat(valid.network().nodes()).hasSize(10));
  }

  private static List<Fault> faults(long seed) {
    return Stream.generate(Fault.drawnBy(new SplittableRandom(seed))).limit(500).toList();
  }
}
