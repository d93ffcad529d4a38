package net.bellwether.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bellwether.v1.ActivateGeneration;
import net.bellwether.v1.PrepareRuleSet;
import net.bellwether.v1.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingOrdersTest {
  @TempDir private Path directory;

  private static PrepareRuleSet prepare(String flow, long generation) {
    return PrepareRuleSet.newBuilder()
        .setRuleSet(RuleSet.newBuilder().setFlow(flow).setGeneration(generation))
        .build();
  }

  private static ActivateGeneration activate(String flow, long generation) {
    return ActivateGeneration.newBuilder()
        .setFlow(flow)
        .setGeneration(generation)
        .setFrame(7)
        .build();
  }

  @Test
  void ordersAndTermSurviveARestart() {
    StandingOrders orders = StandingOrders.open(directory, 100);
    orders.prepare(prepare("f", 1));
    orders.prepare(prepare("f", 2));
    orders.activate(activate("f", 2));
    orders.raiseTerm(9);
    orders.save();

    StandingOrders again = StandingOrders.open(directory, 100);
    assertThat(again.prepared()).containsExactly(prepare("f", 1), prepare("f", 2));
    assertThat(again.activated()).containsExactly(activate("f", 2));
    assertThat(again.term()).isEqualTo(9);
  }

  @Test
  void whatWasNotSavedIsNotThere() {
    StandingOrders.open(directory, 100).prepare(prepare("f", 1));
    assertThat(StandingOrders.open(directory, 100).prepared()).isEmpty();
  }

  @Test
  void removedGenerationsAreForgotten() {
    StandingOrders orders = StandingOrders.open(directory, 100);
    orders.prepare(prepare("f", 1));
    orders.prepare(prepare("f", 3));
    orders.prepare(prepare("g", 1));
    orders.activate(activate("f", 1));
    orders.remove("f", 2);
    orders.save();
    StandingOrders again = StandingOrders.open(directory, 100);
    assertThat(again.prepared()).containsExactly(prepare("f", 3), prepare("g", 1));
    assertThat(again.activated()).isEmpty();
  }

  @Test
  void bootEpochRisesAtEveryStartEvenIfTheRecordOrTheClockIsLost() throws IOException {
    long first = StandingOrders.open(directory, 100).bootEpoch();
    long second = StandingOrders.open(directory, 50).bootEpoch();
    assertThat(second).isGreaterThan(first);
    Files.delete(directory.resolve("orders"));
    assertThat(StandingOrders.open(directory, 200).bootEpoch()).isGreaterThan(second);
  }

  @Test
  void termIsNeverLowered() {
    StandingOrders orders = StandingOrders.open(directory, 100);
    orders.raiseTerm(5);
    orders.raiseTerm(4);
    assertThat(orders.term()).isEqualTo(5);
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    StandingOrders orders = StandingOrders.open(directory, 100);
    orders.prepare(prepare("f", 1));
    orders.save();
    Path file = directory.resolve("orders");
    byte[] good = Files.readAllBytes(file);
    for (int index = 0; index < good.length; index++) {
      byte[] bad = good.clone();
      bad[index] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> StandingOrders.open(directory, 100))
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void crashWhileWritingLeavesTheFormerRecord() throws IOException {
    StandingOrders orders = StandingOrders.open(directory, 100);
    orders.prepare(prepare("f", 1));
    orders.save();
    Files.writeString(directory.resolve("orders.new"), "half a rec");
    assertThat(StandingOrders.open(directory, 100).prepared()).hasSize(1);
  }
}
