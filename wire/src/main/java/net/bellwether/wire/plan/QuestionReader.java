package net.bellwether.wire.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import net.bellwether.topology.Network;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.PlanRequestRequest;

/// Reads one question; every value that breaks a rule is a QuestionMistake.
final class QuestionReader {
  private static final double FIDELITY_FLOOR = 0.5;

  /// Each costs an evaluation; a person compares a handful.
  private static final int ALTERNATIVES_MAX = 64;

  private final Places places;
  private final PlanRequestRequest question;

  QuestionReader(Network network, PlanRequestRequest question) {
    this.places = new Places(network);
    this.question = question;
  }

  PlanQuestion read() {
    NodeId from = places.node("from_node", question.getFromNode());
    NodeId to = places.node("to_node", question.getToNode());
    Request request =
        new Request(
            from,
            to,
            objective(),
            minFidelity(),
            limits(),
            Words.read("states", question.getStates(), StateModel.BELL_DIAGONAL),
            Words.read("purifications", question.getPurifications(), PurificationClass.NESTED),
            question.hasWorkBudget()
                ? atLeastOne("work_budget", question.getWorkBudget())
                : Request.DEFAULT_WORK_BUDGET);
    return new PlanQuestion(request, alternatives());
  }

  private double minFidelity() {
    double minFidelity = question.getMinFidelity();
    if (minFidelity == 0) {
      return Math.nextUp(FIDELITY_FLOOR);
    }
    if (!(minFidelity > FIDELITY_FLOOR && minFidelity <= 1)) {
      throw new QuestionMistake(
          "min_fidelity",
          "(%s) must be in (0.5, 1], or 0 for no floor\na state at 0.5 or less carries no entanglement"
              .formatted(minFidelity));
    }
    return minFidelity;
  }

  private Objective objective() {
    String objective = question.getObjective();
    if (objective.isEmpty()) {
      objective = question.getMinFidelity() == 0 ? Words.SECRET_KEY_RATE : Words.PAIR_RATE;
    }
    if (!Words.OBJECTIVES.contains(objective)) {
      throw Words.unknown("objective", objective, Words.OBJECTIVES);
    }
    refuseUnlessFor(objective);
    return switch (objective) {
      case Words.CHEAPEST -> new Objective.Cheapest(prices());
      case Words.FIDELITY -> new Objective.Fidelity(minPairsPerSecond());
      case Words.SECRET_KEY_RATE -> secretKeyRate();
      default -> new Objective.PairRate();
    };
  }

  /// What an objective has no use for is a mistake, not a thing to pass over.
  private void refuseUnlessFor(String objective) {
    if (!objective.equals(Words.CHEAPEST)) {
      refuse("price_unit", question.getPriceUnit(), Words.CHEAPEST, objective);
      refuse(
          "default_price",
          question.hasDefaultPrice() ? String.valueOf(question.getDefaultPrice()) : "",
          Words.CHEAPEST,
          objective);
      question.getPricesMap().entrySet().stream()
          .findFirst()
          .ifPresent(price -> refuse("prices", written(price), Words.CHEAPEST, objective));
    }
    if (!objective.equals(Words.FIDELITY) && question.hasMinPairsPerSecond()) {
      String rate = String.valueOf(question.getMinPairsPerSecond());
      refuse("min_pairs_per_second", rate, Words.FIDELITY, objective);
    }
    if (!objective.equals(Words.SECRET_KEY_RATE)) {
      refuse("key_protocol", question.getKeyProtocol(), Words.SECRET_KEY_RATE, objective);
      refuse(
          "block_pairs",
          question.hasBlockPairs() ? String.valueOf(question.getBlockPairs()) : "",
          Words.SECRET_KEY_RATE,
          objective);
      refuse(
          "relays", String.join(", ", question.getRelaysList()), Words.SECRET_KEY_RATE, objective);
    }
  }

  private static void refuse(String field, String value, String usedBy, String objective) {
    if (!value.isEmpty()) {
      throw new QuestionMistake(
          field, "(%s) is for the objective %s, not %s".formatted(value, usedBy, objective));
    }
  }

  private Prices prices() {
    Map<LinkId, Double> perLink = new LinkedHashMap<>();
    for (Map.Entry<String, Double> entry : question.getPricesMap().entrySet()) {
      LinkId link = places.link("prices", written(entry), entry.getKey());
      perLink.put(link, price("prices", written(entry), entry.getValue()));
    }
    double standard = question.hasDefaultPrice() ? question.getDefaultPrice() : 1;
    return Prices.of(
        Words.read("price_unit", question.getPriceUnit(), Prices.Unit.PAIR),
        price("default_price", String.valueOf(standard), standard),
        perLink);
  }

  private static String written(Map.Entry<String, Double> price) {
    return price.getKey() + "=" + price.getValue();
  }

  private static double price(String field, String written, double price) {
    if (!(price >= 0 && price < Double.POSITIVE_INFINITY)) {
      throw new QuestionMistake(
          field, "(" + written + ") must be at least 0 and finite; to forbid a link, exclude it");
    }
    return price;
  }

  private double minPairsPerSecond() {
    double rate = question.getMinPairsPerSecond();
    if (!question.hasMinPairsPerSecond()) {
      throw new QuestionMistake(
          "min_pairs_per_second", "must be given with the objective fidelity");
    }
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new QuestionMistake(
          "min_pairs_per_second", "(" + rate + ") must be above 0 and finite");
    }
    return rate;
  }

  private Objective secretKeyRate() {
    KeyProtocol protocol = Words.read("key_protocol", question.getKeyProtocol(), KeyProtocol.BBM92);
    if (protocol == KeyProtocol.SIX_STATE && question.hasBlockPairs()) {
      throw new QuestionMistake(
          "block_pairs",
          "(%d) must be absent for six-state; finite-size effects are known for bbm92 only"
              .formatted(question.getBlockPairs()));
    }
    return new Objective.SecretKeyRate(
        protocol,
        question.hasBlockPairs()
            ? OptionalLong.of(atLeastOne("block_pairs", question.getBlockPairs()))
            : OptionalLong.empty());
  }

  private Limits limits() {
    Places.Named excluded = places.named("excluded", question.getExcludedList());
    Places.Named required = places.named("required", question.getRequiredList());
    if (required.size() > Limits.MAX_REQUIRED) {
      throw new QuestionMistake(
          "required",
          "(%d nodes and links) must be at most %d"
              .formatted(required.size(), Limits.MAX_REQUIRED));
    }
    return new Limits(
        excluded.links(),
        excluded.nodes(),
        required.links(),
        required.nodes(),
        relays(),
        question.hasMaxHops()
            ? (int) atLeastOne("max_hops", question.getMaxHops())
            : Limits.DEFAULT_MAX_HOPS);
  }

  private Set<NodeId> relays() {
    Set<NodeId> relays = new LinkedHashSet<>();
    for (String name : question.getRelaysList()) {
      relays.add(places.node("relays", name));
    }
    return relays;
  }

  private int alternatives() {
    if (!question.hasAlternatives()) {
      return 0;
    }
    int alternatives = question.getAlternatives();
    if (alternatives < 1 || alternatives > ALTERNATIVES_MAX) {
      throw new QuestionMistake(
          "alternatives", "(%d) must be in [1, %d]".formatted(alternatives, ALTERNATIVES_MAX));
    }
    return alternatives;
  }

  private static long atLeastOne(String field, long value) {
    if (value < 1) {
      throw new QuestionMistake(field, "(" + value + ") must be at least 1");
    }
    return value;
  }
}
