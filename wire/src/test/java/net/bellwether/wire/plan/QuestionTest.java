package net.bellwether.wire.plan;

import static net.bellwether.wire.plan.TestNetwork.ARGONNE;
import static net.bellwether.wire.plan.TestNetwork.CHICAGO;
import static net.bellwether.wire.plan.TestNetwork.FERMILAB;
import static net.bellwether.wire.plan.TestNetwork.FERMILAB_LINK;
import static net.bellwether.wire.plan.TestNetwork.LINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Objective.KeyProtocol;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.wire.RpcErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
  @Test
  void questionWithoutFidelityAsksForKey() {
    assertThat(request("")).isEqualTo(Request.key(CHICAGO, FERMILAB));
  }

  @Test
  void questionWithFidelityAsksForPairs() {
    assertThat(request("min_fidelity: 0.9")).isEqualTo(Request.pairs(CHICAGO, FERMILAB, 0.9));
  }

  @Test
  void everyPairAndLinkCostsOneUnlessPriced() {
    assertThat(request("objective: 'cheapest' min_fidelity: 0.9"))
        .isEqualTo(Request.cheapest(CHICAGO, FERMILAB, Prices.PAIRS, 0.9));
  }

  @Test
  void pricesAreReadByLink() {
    assertThat(
            request(
                    "objective: 'cheapest' price_unit: 'link-second' default_price: 0"
                        + " prices: { key: 'chicago-argonne' value: 2.5 }")
                .objective())
        .isEqualTo(
            new Objective.Cheapest(Prices.of(Prices.Unit.LINK_SECOND, 0, Map.of(LINK, 2.5))));
  }

  @Test
  void fidelityIsAskedForAtARate() {
    assertThat(request("objective: 'fidelity' min_pairs_per_second: 20").objective())
        .isEqualTo(new Objective.Fidelity(20));
  }

  @Test
  void keyIsAskedForByProtocolAndBlock() {
    assertThat(request("key_protocol: 'six-state'").objective())
        .isEqualTo(new Objective.SecretKeyRate(KeyProtocol.SIX_STATE, OptionalLong.empty()));
    assertThat(request("block_pairs: 100000").objective())
        .isEqualTo(new Objective.SecretKeyRate(KeyProtocol.BBM92, OptionalLong.of(100_000)));
  }

  @Test
  void keyRateMayHaveAFloor() {
    assertThat(request("objective: 'secret-key-rate' min_fidelity: 0.9"))
        .isEqualTo(Request.key(CHICAGO, FERMILAB).withMinFidelity(0.9));
  }

  @Test
  void limitsNameNodesAndLinksTogether() {
    assertThat(
            request(
                    "excluded: ['chicago-argonne', 'link:fermilab'] required: ['argonne',"
                        + " 'node:fermilab'] relays: 'argonne' max_hops: 3")
                .limits())
        .isEqualTo(
            new Limits(
                Set.of(LINK, FERMILAB_LINK),
                Set.of(),
                Set.of(),
                Set.of(ARGONNE, FERMILAB),
                Set.of(ARGONNE),
                3));
  }

  @Test
  void searchIsToldHowFarToGo() {
    Request request = request("states: 'werner' purifications: 'any' work_budget: 1000");
    assertThat(request.states()).isEqualTo(StateModel.WERNER);
    assertThat(request.purifications()).isEqualTo(PurificationClass.ANY);
    assertThat(request.workBudget()).isEqualTo(1_000);
  }

  @Test
  void alternativesAreCounted() {
    assertThat(read("alternatives: 3").alternatives()).isEqualTo(3);
    assertThat(read("").alternatives()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          from_node: 'cicago'                       | from_node | from (cicago) is not a node of qit; did you mean chicago? nodes: chicago, argonne, fermilab
          to_node: 'reykjavik'                      | to_node | to (reykjavik) is not a node of qit; nodes: chicago, argonne, fermilab
          from_node: 'Chicago!'                     | from_node | from (Chicago!) is not a node of qit; did you mean chicago? nodes: chicago, argonne, fermilab
          min_fidelity: 0.5                         | min_fidelity | min_fidelity (0.5) must be in (0.5, 1], or 0 for no floor
          min_fidelity: nan                         | min_fidelity | min_fidelity (NaN) must be in (0.5, 1], or 0 for no floor
          min_fidelity: 1.1                         | min_fidelity | min_fidelity (1.1) must be in (0.5, 1], or 0 for no floor
          objective: 'best'                         | objective | objective (best) must be cheapest, pair-rate, secret-key-rate or fidelity
          objective: 'cheapest' price_unit: 'euro'  | price_unit | price_unit (euro) must be pair or link-second
          objective: 'cheapest' default_price: -1   | default_price | default_price (-1.0) must be at least 0 and finite; to forbid a link, exclude it
          objective: 'cheapest' prices: { key: 'chicago-argonne' value: inf } | prices | prices (chicago-argonne=Infinity) must be at least 0 and finite; to forbid a link, exclude it
          objective: 'cheapest' prices: { key: 'chicago-argone' value: 2 } | prices | prices (chicago-argone=2.0) names no link of qit; did you mean chicago-argonne? links: chicago-argonne, fermilab
          min_fidelity: 0.9 default_price: 2        | default_price | default_price (2.0) is for the objective cheapest, not pair-rate
          price_unit: 'pair'                        | price_unit | price_unit (pair) is for the objective cheapest, not secret-key-rate
          prices: { key: 'fermilab' value: 2 }      | prices | prices (fermilab=2.0) is for the objective cheapest, not secret-key-rate
          objective: 'fidelity'                     | min_pairs_per_second | min_pairs_per_second must be given with the objective fidelity
          objective: 'fidelity' min_pairs_per_second: 0 | min_pairs_per_second | min_pairs_per_second (0.0) must be above 0 and finite
          min_pairs_per_second: 5                   | min_pairs_per_second | min_pairs_per_second (5.0) is for the objective fidelity, not secret-key-rate
          key_protocol: 'e91'                       | key_protocol | key_protocol (e91) must be bbm92 or six-state
          min_fidelity: 0.9 key_protocol: 'bbm92'   | key_protocol | key_protocol (bbm92) is for the objective secret-key-rate, not pair-rate
          block_pairs: 0                            | block_pairs | block_pairs (0) must be at least 1
          min_fidelity: 0.9 block_pairs: 5          | block_pairs | block_pairs (5) is for the objective secret-key-rate, not pair-rate
          excluded: 'argone'                        | excluded | excluded (argone) is neither a node nor a link of qit; did you mean argonne? nodes and links: chicago, argonne, fermilab, chicago-argonne, fermilab
          excluded: 'fermilab'                      | excluded | excluded (fermilab) is both a node and a link of qit; say node:fermilab or link:fermilab
          required: 'link:argonne'                  | required | required (link:argonne) names no link of qit; links: chicago-argonne, fermilab
          relays: 'fermi'                           | relays | relays (fermi) is not a node of qit; nodes: chicago, argonne, fermilab
          key_protocol: 'six-state' block_pairs: 5  | block_pairs | block_pairs (5) must be absent for six-state; finite-size effects are known for bbm92 only
          min_fidelity: 0.9 relays: 'argonne'       | relays | relays (argonne) is for the objective secret-key-rate, not pair-rate
          max_hops: 0                               | max_hops | max_hops (0) must be at least 1
          states: 'pure'                            | states | states (pure) must be werner or bell-diagonal
          purifications: 'none'                     | purifications | purifications (none) must be nested or any
          work_budget: 0                            | work_budget | work_budget (0) must be at least 1
          alternatives: 0                           | alternatives | alternatives (0) must be in [1, 64]
          alternatives: 65                          | alternatives | alternatives (65) must be in [1, 64]
          """)
  void badValueIsRefusedByFieldValueAndRule(String question, String field, String message) {
    QuestionMistake mistake = catchThrowableOfType(QuestionMistake.class, () -> read(question));
    assertThat(mistake).isNotNull();
    assertThat(mistake.field()).isEqualTo(field);
    assertThat(String.valueOf(mistake.getMessage()).lines().findFirst()).hasValue(message);
  }

  @Test
  void oneNodeTwiceIsRefused() {
    assertThatThrownBy(() -> read("to_node: 'chicago'"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("from and to (chicago) must be two nodes");
  }

  @Test
  void mistakeSurvivesTheWireAndTakesTheNameOfItsReader() {
    QuestionMistake mistake =
        catchThrowableOfType(QuestionMistake.class, () -> read("max_hops: 0"));
    BadRequest bad = RpcErrors.detail(mistake.asStatus(), BadRequest.class).orElseThrow();
    assertThat(QuestionMistake.of(bad.getFieldViolations(0)))
        .map(it -> it.messageFor("--max-hops"))
        .hasValue("--max-hops (0) must be at least 1");
  }

  private static Request request(String question) {
    return read(question).request();
  }

  /// `question` in protobuf's text form, from chicago to fermilab unless it says otherwise.
  private static PlanQuestion read(String question) {
    try {
      PlanRequestRequest.Builder message =
          PlanRequestRequest.newBuilder().setFromNode("chicago").setToNode("fermilab");
      message.mergeFrom(TextFormat.parse(question, PlanRequestRequest.class));
      return PlanMessages.read(TestNetwork.QIT, message.build());
    } catch (TextFormat.ParseException e) {
      throw new AssertionError(e);
    }
  }
}
