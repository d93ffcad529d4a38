package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PlanCommandTest {
  private static final String[] PLAN_FIELDS = {
    "status",
    "pairsPerSecond",
    "fidelity",
    "bellDiagonal",
    "secretKeyBitsPerSecond",
    "finiteKeyBitsPerSecond",
    "pairsConsumedPerLink",
    "tree",
    "fluidPairsPerSecond",
    "upperBound",
    "gap",
    "planningMicros",
    "reason",
    "qberZ",
    "qberX",
    "objective",
    "value",
    "cost",
    "provenOptimal",
    "effort",
    "reachableFidelity",
    "advice",
    "tailMicros",
    "waiting",
    "capacityPerSecond",
    "capacityShare",
    "alternatives",
    "runnable",
    "freeRunning"
  };

  /// Chicago to Oak Ridge has two ways to Argonne: directly, and by Lafayette.
  private static final String CHICAGO =
      "plan --scenario qit-chicago --from chicago --to oak-ridge -o json ";

  @TempDir private Path directory;

  @Test
  void planPrintsFiguresAndTree() {
    Terminal run =
        Terminal.run("plan", "--scenario", "repeater-50km", "--from", "west", "--to", "east");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("delivered")
        .contains("(proven optimal)")
        .contains("waiting ")
        .contains("in memory ")
        .contains("first pair ")
        .contains("capacity ")
        .contains("search ")
        .contains("generate west–east on west-east");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void planAsJsonHasEveryField() {
    JsonObject plan =
        json("plan --scenario repeater-50km --from west --to east --min-fidelity 0.9 -o json", 0);
    assertThat(plan.keySet()).containsExactly(PLAN_FIELDS);
    assertThat(plan.get("status").getAsString()).isEqualTo("planned");
    assertThat(plan.get("reason").isJsonNull()).isTrue();
    assertThat(plan.get("fidelity").getAsDouble()).isGreaterThanOrEqualTo(0.9);
    assertThat(plan.get("planningMicros").getAsJsonPrimitive().isNumber()).isTrue();
    assertThat(plan.getAsJsonObject("bellDiagonal").keySet()).containsExactly("i", "x", "y", "z");
    assertThat(plan.getAsJsonObject("pairsConsumedPerLink").get("west-east").getAsDouble())
        .isGreaterThanOrEqualTo(1);
    JsonObject freeRunning = plan.getAsJsonObject("freeRunning");
    assertThat(freeRunning.keySet()).containsExactly("meanMicros", "p95Micros", "fidelity");
    assertThat(freeRunning.get("p95Micros").getAsDouble())
        .isGreaterThan(freeRunning.get("meanMicros").getAsDouble());
  }

  @Test
  void rejectedPlanHasEveryFieldAndExitsWithOne() {
    JsonObject plan =
        json("-o json plan --scenario repeater-50km --from west --to east --min-fidelity 1", 1);
    assertThat(plan.keySet()).containsExactly(PLAN_FIELDS);
    assertThat(plan.get("status").getAsString()).isEqualTo("rejected");
    assertThat(plan.get("reason").getAsString()).startsWith("fidelity-unreachable: ");
    assertThat(plan.get("reachableFidelity").getAsDouble()).isBetween(0.9, 1.0);
    assertThat(plan.getAsJsonArray("advice")).isNotEmpty();
    assertThat(plan.get("pairsPerSecond").isJsonNull()).isTrue();
    assertThat(plan.get("bellDiagonal").isJsonNull()).isTrue();
  }

  @Test
  void yamlSaysWhatJsonSays() {
    String command = "plan --scenario repeater-50km --from west --to east -o ";
    Object yaml =
        new Load(LoadSettings.builder().build())
            .loadFromString(Terminal.run((command + "yaml").split(" ")).out());
    JsonObject plan = json(command + "json", 0);
    assertThat(yaml)
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("fidelity", plan.get("fidelity").getAsDouble())
        .containsEntry("tree", plan.get("tree").getAsString())
        .containsEntry("reason", null);
  }

  @Test
  void misspeltSiteIsSuggested() {
    assertRefused(
        "plan --scenario qit-chicago --from cicago --to argonne",
        "error: from (cicago) is not a node of qit-chicago; did you mean chicago? nodes: "
            + "chicago, argonne,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1.5", "-1", "NaN", "0"})
  void fidelityOutOfRangeNamesItsOption(String fidelity) {
    assertRefused(
        "plan --scenario qit-chicago --from chicago --to argonne --min-fidelity " + fidelity,
        "error: --min-fidelity (%s) must be in (0.5, 1]: a pair at 0.5 or less carries no entanglement"
            .formatted(Double.parseDouble(fidelity)));
  }

  @Test
  void wordThatIsNoNumberIsNamed() {
    assertRefused(
        "plan --scenario qit-chicago --from chicago --to argonne --min-fidelity high",
        "error: Invalid value for option '--min-fidelity'");
  }

  @Test
  void samePlaceTwiceIsRefused() {
    assertRefused(
        "plan --scenario qit-chicago --from chicago --to chicago",
        "error: from and to (chicago) must be two nodes");
  }

  @Test
  void missingOptionIsNamedWithHelp() {
    Terminal run = Terminal.run("plan", "--from", "chicago");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("error: Missing required option: '--to=NODE'\ntry: bellctl plan --help\n");
  }

  @Test
  void cheapestPlanKeepsToPrices() {
    JsonObject free = json(CHICAGO + "--objective cheapest --min-fidelity 0.9", 0);
    assertThat(free.get("objective").getAsString()).isEqualTo("cheapest");
    assertThat(free.get("value").getAsDouble()).isEqualTo(3);
    JsonObject priced =
        json(
            CHICAGO
                + "--objective cheapest --min-fidelity 0.9 --price chicago-argonne=100 --default-price 2",
            0);
    assertThat(links(priced)).contains("chicago-lafayette").doesNotContain("chicago-argonne");
    assertThat(priced.get("cost").getAsDouble()).isEqualTo(8);
    assertThat(priced.get("upperBound").getAsDouble())
        .isLessThanOrEqualTo(priced.get("value").getAsDouble());
  }

  @Test
  void linkTimeIsPaidByTheSecond() {
    JsonObject plan =
        json(CHICAGO + "--objective cheapest --min-fidelity 0.9 --price-unit link-second", 0);
    assertThat(plan.get("cost").getAsDouble()).isLessThan(1).isPositive();
  }

  @Test
  void finestPlanKeepsItsRate() {
    JsonObject plan = json(CHICAGO + "--objective fidelity --min-rate 500", 0);
    assertThat(plan.get("fluidPairsPerSecond").getAsDouble()).isGreaterThanOrEqualTo(500 * 0.95);
    assertThat(plan.get("fidelity").getAsDouble())
        .isGreaterThan(json(CHICAGO + "--min-fidelity 0.9", 0).get("fidelity").getAsDouble());
  }

  @Test
  void keyIsPlannedByProtocolAndBlock() {
    double asymptotic = value(CHICAGO + "--objective secret-key-rate");
    assertThat(value(CHICAGO + "--key-protocol six-state")).isGreaterThan(asymptotic);
    assertThat(value(CHICAGO + "--block-pairs 100000")).isLessThan(asymptotic).isPositive();
  }

  @Test
  void avoidedNodesAndLinksArePassedBy() {
    assertThat(links(json(CHICAGO + "--min-fidelity 0.9 --avoid chicago-argonne", 0)))
        .contains("chicago-lafayette");
    assertThat(links(json(CHICAGO + "--min-fidelity 0.9 --avoid lafayette", 0)))
        .contains("chicago-argonne");
    JsonObject none =
        json(CHICAGO + "--min-fidelity 0.9 --avoid lafayette --avoid link:chicago-argonne", 1);
    assertThat(none.get("reason").getAsString()).startsWith("no-path: ");
  }

  @Test
  void requiredNodesAreVisited() {
    assertThat(links(json(CHICAGO + "--min-fidelity 0.9 --via lafayette", 0)))
        .contains("chicago-lafayette", "lafayette-argonne");
  }

  @Test
  void longPathsAreCutOff() {
    assertThat(json(CHICAGO + "--min-fidelity 0.9 --max-hops 2", 1).get("reason").getAsString())
        .startsWith("no-path: ");
  }

  @Test
  void standbyPlanSharesNoLinkWithThePlanItIsFor() throws Exception {
    String argonne =
        "plan --scenario qit-chicago --from chicago --to argonne -o json --min-fidelity 0.9 ";
    JsonObject first = json(argonne, 0);
    Path file = directory.resolve("plan.json");
    Files.writeString(file, first.toString());
    JsonObject second = json(argonne + "--disjoint-from " + file, 0);
    assertThat(links(second)).isNotEmpty().doesNotContainAnyElementsOf(links(first));
  }

  @Test
  void modelsOfStatesAndPurificationsAreChosen() {
    JsonObject plan =
        json(
            CHICAGO
                + "--objective cheapest --min-fidelity 0.97 --states werner --purifications any",
            0);
    assertThat(plan.get("cost").getAsDouble()).isGreaterThan(3);
    assertThat(plan.get("bellDiagonal").isJsonNull()).isFalse();
    boolean runnable = plan.get("runnable").getAsBoolean();
    assertThat(plan.get("reason").isJsonNull()).isEqualTo(runnable);
    assertThat(plan.get("pairsPerSecond").isJsonNull()).isEqualTo(!runnable);
  }

  @Test
  void smallBudgetIsToldAsAGapOrARefusal() {
    Terminal run = Terminal.run((CHICAGO + "--min-fidelity 0.9 --budget 1").split(" "));
    JsonObject plan = JsonParser.parseString(run.out()).getAsJsonObject();
    if (run.code() == 0) {
      assertThat(plan.get("gap").getAsDouble()).isPositive();
    } else {
      assertThat(plan.get("reason").getAsString()).startsWith("budget-exhausted: ");
    }
  }

  @Test
  void alternativesAreAFrontOfRateAndFidelity() {
    JsonObject plan = json(CHICAGO + "--min-fidelity 0.9 --alternatives 3", 0);
    double rate = Double.POSITIVE_INFINITY;
    double fidelity = 0;
    assertThat(plan.getAsJsonArray("alternatives")).hasSizeBetween(2, 3);
    for (JsonElement each : plan.getAsJsonArray("alternatives")) {
      JsonObject alternative = each.getAsJsonObject();
      assertThat(alternative.keySet()).containsExactly(PLAN_FIELDS);
      assertThat(alternative.get("pairsPerSecond").getAsDouble()).isLessThan(rate);
      assertThat(alternative.get("fidelity").getAsDouble()).isGreaterThan(fidelity);
      rate = alternative.get("pairsPerSecond").getAsDouble();
      fidelity = alternative.get("fidelity").getAsDouble();
    }
    assertThat(Terminal.run(CHICAGO.replace("-o json", "--alternatives 2").split(" ")).out())
        .contains("ALTERNATIVE  PAIRS/S")
        .contains("\nalternative 2\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --objective best                                 | --objective (best) must be cheapest, pair-rate, secret-key-rate or fidelity
          --objective cheapest --price-unit euro           | --price-unit (euro) must be pair or link-second
          --objective cheapest --price chicago-argonne=-1  | --price (chicago-argonne=-1.0) must be at least 0 and finite
          --objective cheapest --price chicago-argonne=NaN | --price (chicago-argonne=NaN) must be at least 0 and finite
          --objective cheapest --price chicago=1           | --price (chicago=1.0) names no link of qit-chicago
          --objective cheapest --price chicago-argonne     | Value for option option '--price' (LINK=X) should be in KEY=VALUE format
          --objective cheapest --default-price Infinity    | --default-price (Infinity) must be at least 0 and finite
          --default-price 2                                | --default-price (2.0) is for the objective cheapest, not secret-key-rate
          --objective fidelity                             | --min-rate must be given with the objective fidelity
          --objective fidelity --min-rate 0                | --min-rate (0.0) must be above 0 and finite
          --min-rate 5                                     | --min-rate (5.0) is for the objective fidelity, not secret-key-rate
          --key-protocol e91                               | --key-protocol (e91) must be bbm92 or six-state
          --block-pairs 0                                  | --block-pairs (0) must be at least 1
          --block-pairs 1.5                                | Invalid value for option '--block-pairs'
          --avoid nowhere                                  | --avoid (nowhere) is neither a node nor a link of qit-chicago
          --via node:chicago-argonne                       | --via (chicago-argonne) is not a node of qit-chicago
          --relay nowhere                                  | --relay (nowhere) is not a node of qit-chicago
          --objective pair-rate --relay argonne            | --relay (argonne) is for the objective secret-key-rate, not pair-rate
          --max-hops 0                                     | --max-hops (0) must be at least 1
          --max-hops many                                  | Invalid value for option '--max-hops'
          --states pure                                    | --states (pure) must be werner or bell-diagonal
          --purifications none                             | --purifications (none) must be nested or any
          --budget 0                                       | --budget (0) must be at least 1
          --alternatives 0                                 | --alternatives (0) must be in [1, 64]
          --disjoint-from /nowhere/plan.json               | --disjoint-from (/nowhere/plan.json) does not exist
          --requests /nowhere/requests.jsonl               | --requests (/nowhere/requests.jsonl) does not exist
          """)
  void badValueNamesItsOption(String options, String message) {
    assertRefused(CHICAGO + options, "error: " + message);
  }

  @Test
  void planToBeDisjointFromMustBeAPlan() throws Exception {
    Path file = directory.resolve("plan.json");
    Files.writeString(file, json(CHICAGO + "--min-fidelity 1", 1).toString());
    assertRefused(
        CHICAGO + "--disjoint-from " + file,
        "error: --disjoint-from (%s) must hold a plan as bellctl plan -o json prints it"
            .formatted(file));
    Files.writeString(file, "{");
    assertRefused(
        CHICAGO + "--disjoint-from " + file,
        "error: --disjoint-from (%s) must hold one plan as JSON".formatted(file));
  }

  private static double value(String command) {
    return json(command, 0).get("value").getAsDouble();
  }

  private static Set<String> links(JsonObject plan) {
    return plan.getAsJsonObject("pairsConsumedPerLink").keySet();
  }

  private static void assertRefused(String command, String beginning) {
    Terminal run = Terminal.run(command.strip().split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(beginning);
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(4);
  }

  private static JsonObject json(String command, int code) {
    Terminal run = Terminal.run(command.split(" "));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(code);
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }
}
