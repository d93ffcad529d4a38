package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bellwether.topology.scenario.Scenarios;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class OfflineTest {
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
    "qberX"
  };

  @TempDir private Path directory;

  @Test
  void planPrintsFiguresAndTree() {
    Terminal run =
        Terminal.run("plan", "--scenario", "repeater-50km", "--from", "west", "--to", "east");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("delivered").contains("generate west–east on west-east");
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
  }

  @Test
  void rejectedPlanHasEveryFieldAndExitsWithOne() {
    JsonObject plan =
        json("-o json plan --scenario repeater-50km --from west --to east --min-fidelity 1", 1);
    assertThat(plan.keySet()).containsExactly(PLAN_FIELDS);
    assertThat(plan.get("status").getAsString()).isEqualTo("rejected");
    assertThat(plan.get("reason").getAsString()).startsWith("fidelity-unreachable: ");
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
  void unknownScenarioListsTheLibrary() {
    assertRefused(
        "plan --scenario chicago --from a --to b",
        "error: scenario (chicago) must be one of qit-chicago, cambridge-loop, repeater-50km");
  }

  @Test
  void missingOptionIsNamedWithHelp() {
    Terminal run = Terminal.run("plan", "--from", "chicago");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("error: Missing required option: '--to=NODE'\ntry: bellctl plan --help\n");
  }

  @Test
  void misspeltCommandIsSuggested() {
    Terminal run = Terminal.run("sesion", "ls");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("session").contains("try: bellctl --help");
  }

  @Test
  void commandWithoutItsVerbIsUsage() {
    assertRefused("topology", "error: Missing required subcommand");
  }

  @Test
  void validTopologyIsConfirmed() throws Exception {
    Path file = directory.resolve("net.yaml");
    Files.writeString(file, Scenarios.document("repeater-50km"));
    Terminal run = Terminal.run("topology", "validate", "--file", file.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(file + ": valid: network repeater-50km with 2 nodes and 1 links\n");
  }

  @Test
  void everyMistakeOfATopologyIsALine() throws Exception {
    Path file = directory.resolve("net.yaml");
    Files.writeString(
        file, Scenarios.document("repeater-50km").replaceFirst("role: end-node", "role: king"));
    Terminal run = Terminal.run("topology", "validate", "--file", file.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + file + ":").contains("nodes[0].role");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void missingFileIsNamed() {
    assertRefused(
        "topology validate --file /nowhere/net.yaml",
        "error: file (/nowhere/net.yaml) does not exist\n");
  }

  @Test
  void directoryInsteadOfAFileIsNamed() {
    assertRefused(
        "topology validate --file " + directory, "error: file (" + directory + ") cannot be read");
  }

  @Test
  void validateWithoutDocumentSaysHow() {
    assertRefused(
        "topology validate",
        "error: name a topology: --file FILE, or --scenario with one of qit-chicago,");
  }

  @Test
  void versionIsPrinted() {
    assertThat(Terminal.run("--version").out()).startsWith("bellctl 0.");
  }

  @Test
  void helpListsTheExitCodes() {
    Terminal run = Terminal.run("session", "open", "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("--request-id").contains("Exit codes:").contains("--controller");
  }

  private static void assertRefused(String command, String beginning) {
    Terminal run = Terminal.run(command.split(" "));
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
