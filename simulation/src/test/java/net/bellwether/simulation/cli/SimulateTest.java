package net.bellwether.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `bellctl simulate` prints.
final class SimulateTest {
  @TempDir private Path directory;

  private record Printed(int code, String out, String err) {
    JsonObject json() {
      return JsonParser.parseString(out).getAsJsonObject();
    }
  }

  private static Printed simulate(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = SimulationMain.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Printed(code, out.toString(), err.toString());
  }

  private String file(String sessionAndEvents) throws IOException {
    String head = "simulation: v1\nname: test\ntopology: repeater-50km\n";
    return Files.writeString(directory.resolve("test.yaml"), head + sessionAndEvents).toString();
  }

  @Test
  void theSameSeedPrintsTheSameBytes() {
    Printed first = simulate("qit-chicago", "--duration=2s", "--seed=7");
    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("pairs/s").contains("nothing leaked");
    assertThat(simulate("qit-chicago", "--duration=2s", "--seed=7").out()).isEqualTo(first.out());
  }

  @Test
  void anotherSeedPrintsOthers() {
    Printed seven = simulate("repeater-50km", "--duration=2s", "--seed=7", "--json");
    Printed eight = simulate("repeater-50km", "--duration=2s", "--seed=8", "--json");
    assertThat(seven.json().getAsJsonObject("counts").get("pairsDelivered").getAsLong())
        .isPositive();
    assertThat(eight.json().getAsJsonObject("counts"))
        .isNotEqualTo(seven.json().getAsJsonObject("counts"));
  }

  @Test
  void aCutOfTheOnlyPathDegradesTheSessionAndRepairResumesIt() throws IOException {
    Printed run =
        simulate(
            file(
                """
                sessions:
                  - {from: west, to: east, pairsPerSecond: 500, minFidelity: 0.9}
                events:
                  - {type: cut, atSeconds: 5, link: west-east}
                  - {type: repair, atSeconds: 25, link: west-east}
                """),
            "--duration=50s",
            "--json");
    assertThat(run.code()).isZero();
    List<String> happened =
        run.json().getAsJsonArray("occurrences").asList().stream()
            .map(each -> each.getAsJsonObject().get("what").getAsString())
            .toList();
    assertThat(happened)
        .containsSubsequence("ACTIVE", "link west-east is cut, from 5.1 s")
        .anyMatch(what -> what.startsWith("DEGRADED: "))
        .last()
        .isEqualTo("ACTIVE");
    JsonArray generations = generations(run);
    assertThat(generations.get(generations.size() - 1).getAsJsonObject().get("pairs").getAsLong())
        .isPositive();
    assertNothingLeaked(run);
  }

  @Test
  void anEavesdropperRaisesTheErrorRateAndLeavesNoKey() throws IOException {
    Printed run =
        simulate(
            file(
                """
                sessions:
                  - {from: west, to: east}
                events:
                  - {type: eavesdrop, atSeconds: 0, link: west-east, fraction: 1}
                """),
            "--duration=40s",
            "--json");
    JsonObject generation = generations(run).get(0).getAsJsonObject();
    assertThat(generation.getAsJsonObject("qberX").get("achieved").getAsDouble())
        .isBetween(0.24, 0.32);
    assertThat(generation.getAsJsonObject("qberX").get("outside").getAsBoolean()).isTrue();
    assertThat(generation.get("failedBlocks").getAsLong()).isPositive();
    assertThat(generation.get("keyBits").getAsLong()).isZero();
    assertNothingLeaked(run);
  }

  @Test
  void brokenMemoriesAndLostCoherenceLeakNothing() throws IOException {
    Printed run =
        simulate(
            file(
                """
                sessions:
                  - {from: west, to: east, minFidelity: 0.95}
                events:
                  - {type: break-memory, atSeconds: 2, node: west, count: 100}
                  - {type: coherence, atSeconds: 3, node: east, factor: 0.01}
                  - {type: repair-node, atSeconds: 6, node: west}
                """),
            "--duration=10s",
            "--json");
    assertThat(run.code()).describedAs(run.err()).isZero();
    assertNothingLeaked(run);
  }

  @Test
  void sessionMovesAwayFromANodeWhoseClockIsOff() throws IOException {
    String scenario =
        """
        simulation: v1
        name: clock
        topology: cambridge-loop
        sessions:
          - {from: lab, to: exchange, pairsPerSecond: 20, minFidelity: 0.9}
        events:
          - {type: clock, atSeconds: 5, node: college, offsetMillis: 300}
        """;
    Path file = Files.writeString(directory.resolve("clock.yaml"), scenario);
    Printed run = simulate(file.toString(), "--duration=30s", "--json");
    assertThat(run.code()).describedAs(run.out()).isZero();
    JsonArray generations = generations(run);
    assertThat(generations.size()).describedAs(run.out()).isEqualTo(2);
    assertThat(generations.get(0).toString()).contains("college");
    assertThat(generations.get(1).toString()).contains("science-park").doesNotContain("college");
    JsonObject last = generations.get(1).getAsJsonObject();
    assertThat(last.get("pairs").getAsLong()).isPositive();
    assertThat(last.get("fromSeconds").getAsDouble()).isBetween(5.0, 12.0);
    assertNothingLeaked(run);
  }

  @Test
  void sessionWaitsWhileNobodyKnowsWhichClockIsRight() throws IOException {
    for (String offset : List.of("300", "-300", "30000", "-30000")) {
      Printed run =
          simulate(
              file(
                  """
                  sessions:
                    - {from: west, to: east, pairsPerSecond: 500, minFidelity: 0.9}
                  events:
                    - {type: clock, atSeconds: 5, node: west, offsetMillis: %s}
                    - {type: repair-node, atSeconds: 15, node: west}
                  """
                      .formatted(offset)),
              "--duration=40s",
              "--json");
      assertThat(run.code()).describedAs(run.out()).isZero();
      assertThat(
              run.json().getAsJsonArray("occurrences").asList().stream()
                  .map(each -> each.getAsJsonObject().get("what").getAsString()))
          .anyMatch(what ->
              what.startsWith("DEGRADED: nodes east, west are not scheduled, their clocks are"))
          .last()
          .isEqualTo("ACTIVE");
      assertNothingLeaked(run);
    }
  }

  private static JsonArray generations(Printed run) {
    return run.json()
        .getAsJsonArray("sessions")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("generations");
  }

  private static void assertNothingLeaked(Printed run) {
    assertThat(run.json().getAsJsonObject("leaks").entrySet())
        .isNotEmpty()
        .allMatch(entry -> entry.getValue().getAsLong() == 0);
  }

  @Test
  void aCheckedScenarioIsNotRun() throws IOException {
    String file = file("sessions: [{from: west, to: east}]\n");
    Printed checked = simulate(file, "--check");
    assertThat(checked.code()).isZero();
    assertThat(checked.out())
        .isEqualTo(
            file
                + " is right: network repeater-50km of 2 nodes and 1 links, 1 sessions, 0 events\n");
    assertThat(checked.err()).isEmpty();
  }

  @Test
  void mistakesOfTheCommandNameTheRule() {
    assertThat(simulate("qit-chicgo").err()).contains("did you mean qit-chicago?");
    assertThat(simulate("qit-chicgo").code()).isEqualTo(2);
    assertThat(simulate("qit-chicago", "--duration=soon").err())
        .isEqualTo("error: duration (soon) must be a number with s, m or h, from 0.1s to 168h\n");
  }
}
