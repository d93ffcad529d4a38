package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanRequestsTest {
  private static final String GOOD = "{\"from\": \"chicago\", \"to\": \"argonne\"";

  @TempDir private Path directory;

  @Test
  void everyLineIsAnsweredByALineInItsOrder() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add(GOOD + ", \"minFidelity\": " + (0.6 + i * 0.009) + "}");
    }
    Terminal run = run(lines);
    assertThat(run.code()).isZero();
    List<JsonObject> answers = answers(run);
    assertThat(answers).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(answers.get(i)).isEqualTo(alone("--min-fidelity " + (0.6 + i * 0.009)));
    }
    assertThat(run.err()).isEqualTo("40 requests: 40 planned, 0 rejected, 0 invalid\n");
  }

  @Test
  void everyKeyMeansWhatItsOptionMeans() throws IOException {
    Path other = directory.resolve("other.json");
    Files.writeString(other, "{\"pairsConsumedPerLink\": {\"chicago-argonne\": 1}}");
    String line =
        """
        {"from": "chicago", "to": "argonne", "minFidelity": 0.9, "objective": "cheapest", \
        "price": {"chicago-argonne": 2}, "defaultPrice": 0.5, "priceUnit": "link-second", \
        "avoid": ["cookeville"], "via": "lafayette", "maxHops": 4, "states": "werner", \
        "purifications": "any", "budget": 100000, "alternatives": 2, "emptyNetwork": true, \
        "disjointFrom": "PLAN"}\
        """
            .replace("PLAN", other.toString());
    assertThat(answers(run(List.of(line))))
        .containsExactly(
            alone(
                "--min-fidelity 0.9 --objective cheapest --price chicago-argonne=2"
                    + " --default-price 0.5 --price-unit link-second --avoid cookeville"
                    + " --via lafayette --max-hops 4 --states werner --purifications any"
                    + " --budget 100000 --alternatives 2 --empty-network --disjoint-from "
                    + other));
    assertThat(answers(run(List.of(GOOD + ", \"objective\": \"fidelity\", \"minRate\": 100}"))))
        .containsExactly(alone("--objective fidelity --min-rate 100"));
    assertThat(answers(run(List.of(GOOD + ", \"keyProtocol\": \"bbm92\", \"blockPairs\": 90000}"))))
        .containsExactly(alone("--key-protocol bbm92 --block-pairs 90000"));
  }

  @Test
  void optionsHoldForLinesThatSayNothingElse() throws IOException {
    Terminal run =
        run(List.of(GOOD + "}", GOOD + ", \"minFidelity\": 0.99}"), "--min-fidelity", "0.9");
    assertThat(answers(run))
        .containsExactly(alone("--min-fidelity 0.9"), alone("--min-fidelity 0.99"));
  }

  @Test
  void badLineIsToldAndTheOthersAreAnswered() throws IOException {
    Terminal run =
        run(List.of(GOOD + "}", "", GOOD + ", \"maxHops\": 0}", GOOD + ", \"minFidelity\": 1}"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(answers(run))
        .extracting(answer -> answer.get("status").getAsString())
        .containsExactly("planned", "invalid", "rejected");
    JsonObject bad = answers(run).get(1);
    assertThat(bad.get("reason").getAsString()).isEqualTo("line 3: maxHops (0) must be at least 1");
    assertThat(bad.keySet()).isEqualTo(answers(run).getFirst().keySet());
    assertThat(run.err()).isEqualTo("3 requests: 1 planned, 1 rejected, 1 invalid\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]                                          | line 1: must be one JSON object
          {"from": "chicago"                           | line 1: must be one JSON object; it is none at column 19
          {'from': 'chicago', 'to': 'argonne'}         | line 1: must be one JSON object; it is none at column 3
          {"from": "chicago", "to": "argonne"} 1       | line 1: must be one JSON object
          {"from": "chicago"}                          | line 1: to must name a node
          {"from": "cicago", "to": "argonne"}          | line 1: from (cicago) is not a node of qit-chicago; did you mean chicago?
          {"from": 7, "to": "argonne"}                 | line 1: from must be a string
          {"from": "chicago", "from": "argonne"}       | line 1: from must be there once only
          {"from": "chicago", "to": "chicago"}         | line 1: from and to (chicago) must be two nodes
          {"FROM": "chicago", "to": "argonne"}         | line 1: FROM is not a key of a request; keys: from, to, minFidelity,
          {"from": "chicago", "minFidelity": 0}        | line 1: minFidelity (0) must be in (0.5, 1]
          {"from": "chicago", "to": "argonne", "minFidelity": 0.5} | line 1: minFidelity (0.5) must be in (0.5, 1], or 0 for no floor; a state
          {"from": "chicago", "minFidelity": "high"}   | line 1: minFidelity must be a number
          {"from": "chicago", "minFidelity": NaN}      | line 1: must be one JSON object
          {"from": "chicago", "maxHops": 1.5}          | line 1: maxHops (1.5) must be a whole number of at most 2147483647
          {"from": "chicago", "maxHops": 3000000000}   | line 1: maxHops (3000000000) must be a whole number of at most 2147483647
          {"from": "chicago", "budget": true}          | line 1: budget must be a whole number
          {"from": "chicago", "emptyNetwork": 1}       | line 1: emptyNetwork must be true or false
          {"from": "chicago", "avoid": 1}              | line 1: avoid must be a name or an array of names
          {"from": "chicago", "price": 1}              | line 1: price must be an object of prices by link
          {"from": "chicago", "price": {"chicago-argonne": "1"}} | line 1: price of chicago-argonne must be a number
          {"from": "chicago", "to": "argonne", "objective": "cheapest", "price": {"chicago-argonne": -1}} | line 1: price (chicago-argonne=-1.0) must be at least 0
          {"from": "chicago", "to": "argonne", "disjointFrom": "/nowhere"} | line 1: disjointFrom (/nowhere) does not exist
          """)
  void reasonNamesLineAndKey(String line, String reason) throws IOException {
    Terminal run = run(List.of(line));
    assertThat(run.code()).isEqualTo(2);
    assertThat(answers(run).getFirst().get("reason").getAsString()).startsWith(reason);
  }

  @Test
  void endlessLineIsRefusedWithoutBeingKept() throws IOException {
    Terminal run = run(List.of("x".repeat(1 << 21), GOOD + "}"));
    assertThat(answers(run).getFirst().get("reason").getAsString())
        .isEqualTo("line 1: must have at most 1048576 characters");
    assertThat(answers(run).get(1).get("status").getAsString()).isEqualTo("planned");
  }

  private Terminal run(List<String> lines, String... options) throws IOException {
    Path file = directory.resolve("requests.jsonl");
    Files.write(file, lines);
    List<String> arguments =
        new ArrayList<>(
            List.of("plan", "--scenario", "qit-chicago", "--requests", file.toString()));
    arguments.addAll(List.of(options));
    return Terminal.run(arguments.toArray(String[]::new));
  }

  private static JsonObject alone(String options) {
    String command = "plan --scenario qit-chicago --from chicago --to argonne -o json " + options;
    return untimed(Terminal.run(command.split(" ")).out());
  }

  private static List<JsonObject> answers(Terminal run) {
    return run.out().lines().map(PlanRequestsTest::untimed).toList();
  }

  private static JsonObject untimed(String json) {
    JsonObject answer = JsonParser.parseString(json).getAsJsonObject();
    answer.remove("planningMicros");
    if (answer.get("alternatives").isJsonArray()) {
      answer
          .getAsJsonArray("alternatives")
          .forEach(it -> it.getAsJsonObject().remove("planningMicros"));
    }
    return answer;
  }
}
