package net.bellwether.agent.herald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import net.bellwether.agent.engine.AttemptRequest;
import org.junit.jupiter.api.Test;

class SlotTableTest {
  private final SlotTable table = new SlotTable(Records.NUMBERING);

  private static List<AttemptRequest> generations(long from, long until) {
    return LongStream.range(from, until)
        .mapToObj(generation -> Records.request("ab", generation))
        .toList();
  }

  @Test
  void aRequestKeepsItsNumberWhileItStands() {
    Slot first = table.replace(generations(1, 2)).getFirst();
    assertThat(table.replace(generations(1, 3))).contains(first);
    assertThat(table.slot(first.number())).isEqualTo(first);
    assertThat(table.slot(first.number() + 100)).isNull();
  }

  @Test
  void aNumberLeadsToItsRequestAfterItHasEnded() {
    Slot ended = table.replace(generations(1, 2)).getFirst();
    table.replace(List.of());
    assertThat(table.slot(ended.number())).isEqualTo(ended);
  }

  @Test
  void aStandingRequestIsNeverCrowdedOut() {
    Slot standing = table.replace(generations(1, 2)).getFirst();
    for (long round = 1; round < 20; round++) {
      table.replace(
          LongStream.concat(LongStream.of(1), LongStream.range(round * 1000, round * 1000 + 1000))
              .mapToObj(generation -> Records.request("ab", generation))
              .toList());
      assertThat(table.slot(standing.number())).isEqualTo(standing);
    }
  }

  @Test
  void linkAndModeAreNumberedAsTheDeviceCountsThem() {
    Slot slot = table.replace(List.of(Records.request("bc", 1))).getFirst();
    assertThat(slot.link()).isEqualTo(1);
    assertThat(slot.mode()).isEqualTo(1);
    assertThat(table.replace(List.of(Records.request("xy", 1))).getFirst().link()).isEqualTo(-1);
  }

  @Test
  void moreRequestsThanADeviceTakesAreRefused() {
    assertThatThrownBy(() -> table.replace(generations(0, 5000)))
        .hasMessage("requests (5000 entries) must be at most 4096");
  }
}
