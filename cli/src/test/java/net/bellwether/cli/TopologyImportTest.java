package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import net.bellwether.topology.atlas.Atlas;
import net.bellwether.topology.atlas.ImportOptions;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyImportTest {
  @TempDir private Path directory;

  @Test
  void mapOnBoardIsPrintedAsADocumentAndWhatWasMendedIsNoted() {
    Terminal run = imported("--map surfnet --repeater-km 60 --detour-factor 1.5 --seed 4");
    assertThat(run.code()).isZero();
    assertThat(run.err()).startsWith("note: edges longer than 60.0 km, cut into equal sections: ");
    ImportOptions options =
        ImportOptions.DEFAULT.withRepeaterKm(60).withDetourFactor(1.5).withSeed(4);
    assertThat(TopologyReader.read("out", run.out()))
        .isEqualTo(new TopologyReading.Valid(Atlas.network("surfnet", options).network()));
  }

  @Test
  void gmlFileBecomesADocumentThatPlans() throws Exception {
    Path map = directory.resolve("two.gml");
    Path file = directory.resolve("two.yaml");
    Files.writeString(
        map,
        """
        graph [
          label "Two"
          node [ id 0 label "Delft" Latitude 52.01 Longitude 4.36 ]
          node [ id 1 label "The Hague" Latitude 52.08 Longitude 4.31 ]
          edge [ source 0 target 1 ]
        ]
        """);
    Terminal run = imported(map + " --file " + file);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(file + ": network Two with 2 nodes and 1 links\n");
    Terminal plan =
        Terminal.run("plan", "--file", file.toString(), "--from", "delft", "--to", "the-hague");
    assertThat(plan.err()).isEmpty();
    assertThat(plan.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seed 1|name one map: a file, or --map with one of nsfnet, nobel-us, surfnet",
        "a.gml --map nsfnet|name one map",
        "--map arpanet|--map (arpanet) must be one of nsfnet, nobel-us, surfnet",
        "--map nsfnet --repeater-km 200|--repeater-km (200.0) must be in [1.0, 120.0]",
        "--map nsfnet --detour-factor 0.5|--detour-factor (0.5) must be in [1, 10.0]",
        "/nowhere/map.gml|file (/nowhere/map.gml) does not exist",
      })
  void badValueIsRefusedByName(String options, String beginning) {
    Terminal run = imported(options);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + beginning);
  }

  @Test
  void mistakeOfAMapIsNamedWithFileAndLine() throws Exception {
    Path map = directory.resolve("bad.gml");
    Files.writeString(map, "graph [\n  node [ id 0 ]\n  node [ id 0 ]\n]\n");
    Terminal run = imported(map.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: " + map + ":3: node id (0) must be unique");
  }

  private static Terminal imported(String options) {
    return Terminal.run(("topology import " + options).split(" "));
  }
}
