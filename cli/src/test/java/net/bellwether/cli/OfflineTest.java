package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import net.bellwether.topology.scenario.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineTest {
  @TempDir private Path directory;

  @Test
  void unknownScenarioListsTheLibrary() {
    assertRefused(
        "plan --scenario chicago --from a --to b",
        "error: scenario (chicago) must be one of qit-chicago, cambridge-loop, repeater-50km");
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
}
