package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopologyGenerateTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void documentOfTheGeneratedNetworkIsPrinted(NetworkModel model) {
    Terminal run = generate("--model " + model + " --nodes 20 --seed 9");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(TopologyReader.read("out", run.out()))
        .isEqualTo(
            new TopologyReading.Valid(
                NetworkGenerator.generate(NetworkBlueprint.of(model, 20, 9))));
  }

  @Test
  void documentIsWrittenToAFileThatValidates() throws Exception {
    Path file = directory.resolve("net.yaml");
    Terminal run = generate("--model waxman --nodes 500 --degree 4 --file " + file);
    assertThat(run.out())
        .startsWith(file + ": network waxman-500-seed-1 with 500 nodes and 10")
        .endsWith(" links\n");
    Terminal check = Terminal.run("topology", "validate", "--file", file.toString());
    assertThat(check.out())
        .startsWith(file + ": valid: network waxman-500-seed-1")
        .endsWith(" links\n");
  }

  @Test
  void networkTooLargeForAControllerIsValidToPlanOnOnly() {
    Path file = directory.resolve("net.yaml");
    generate("--model waxman --nodes 3000 --file " + file);
    Terminal check = Terminal.run("topology", "validate", "--file", file.toString());
    assertThat(check.code()).isZero();
    assertThat(check.out()).endsWith("links; to plan on only: larger than a controller takes\n");
    Terminal apply = Terminal.run("topology", "apply", file.toString());
    assertThat(apply.code()).isEqualTo(2);
    assertThat(apply.err()).contains("is longer than a topology document may be, 3145728 bytes");
  }

  @Test
  void jsonHoldsTheDocument() {
    JsonObject answer =
        JsonParser.parseString(generate("--model chain --nodes 3 -o json").out()).getAsJsonObject();
    assertThat(answer.get("linkCount").getAsInt()).isEqualTo(2);
    assertThat(answer.get("document").getAsString())
        .isEqualTo(generate("--model chain --nodes 3").out());
  }

  @Test
  void plansAreMadeOnGeneratedNetworks() {
    Path file = directory.resolve("net.yaml");
    generate("--model chain --nodes 3 --file " + file);
    Terminal run = Terminal.run("plan", "--file", file.toString(), "--from", "n1", "--to", "n2");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model star --nodes 9|--model (star) must be one of waxman, grid, barabasi-albert, chain",
        "--model grid --nodes 2|--nodes (2) must be in [3, 100000]",
        "--model grid --nodes 100001|--nodes (100001) must be in [3, 100000]",
        "--model grid --nodes many|Invalid value for option '--nodes'",
        "--model waxman --nodes 9 --degree 0|--degree (0.0) must be in [1, 8.0] for 9 nodes",
        "--model waxman --nodes 9 --degree NaN|--degree (NaN) must be in [1, 8.0] for 9 nodes",
        "--model waxman --nodes 40 --degree 32|--degree (32.0) must be at most",
        "--model grid --nodes 9 --degree 4|--degree (4.0) must not be given: the form of a grid",
        "--model grid --nodes 9 --side-km 0|--side-km (0.0) must be in (0, 180.0] for 9 nodes",
        "--model grid --nodes 9 --seed x|Invalid value for option '--seed'",
        "--nodes 9|Missing required option: '--model=MODEL'",
        "--model grid|Missing required option: '--nodes=N'",
        "--model grid --nodes 9 --file /nowhere/net.yaml|file (/nowhere/net.yaml) cannot be written",
      })
  void badValueIsRefusedByName(String options, String beginning) {
    Terminal run = generate(options);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + beginning);
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(3);
  }

  private static Terminal generate(String options) {
    return Terminal.run(("topology generate " + options).split(" "));
  }
}
