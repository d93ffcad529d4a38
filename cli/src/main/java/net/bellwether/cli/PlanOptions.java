package net.bellwether.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.bellwether.v1.PlanRequestRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a planning question may say, as options.
final class PlanOptions {
  @Option(names = "--from", paramLabel = "NODE", description = "one end")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "NODE", description = "the other end")
  private @Nullable String to;

  @Option(
      names = "--min-fidelity",
      paramLabel = "F",
      description = "floor on the fidelity of delivered pairs, in (0.5, 1]")
  private @Nullable Double minFidelity;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description = {
        "cheapest, pair-rate, secret-key-rate or fidelity;",
        "without it pair-rate where --min-fidelity is given, else secret-key-rate"
      })
  private String objective = "";

  @Option(
      names = "--price",
      paramLabel = "LINK=X",
      description = "cheapest: what a unit of this link costs; repeatable")
  private Map<String, Double> prices = new LinkedHashMap<>();

  @Option(
      names = "--default-price",
      paramLabel = "X",
      description = "cheapest: what a unit of every other link costs; 1 without it")
  private @Nullable Double defaultPrice;

  @Option(
      names = "--price-unit",
      paramLabel = "UNIT",
      description = "cheapest: pair (default) or link-second")
  private String priceUnit = "";

  @Option(
      names = "--min-rate",
      paramLabel = "R",
      description = "fidelity: least fluid pairs a second")
  private @Nullable Double minRate;

  @Option(
      names = "--key-protocol",
      paramLabel = "NAME",
      description = "secret-key-rate: bbm92 (default) or six-state")
  private String keyProtocol = "";

  @Option(
      names = "--block-pairs",
      paramLabel = "N",
      description = "secret-key-rate: delivered pairs in a block; without it, blocks are long")
  private @Nullable Long blockPairs;

  @Option(
      names = "--avoid",
      paramLabel = "NODE|LINK",
      description = "pass by it (node:NAME or link:NAME where both have the name); repeatable")
  private List<String> avoid = new ArrayList<>();

  @Option(
      names = "--via",
      paramLabel = "NODE|LINK",
      description = "every path must pass it; repeatable")
  private List<String> via = new ArrayList<>();

  @Option(
      names = "--relay",
      paramLabel = "NODE",
      description = "secret-key-rate: trusted node at which key may be relayed; repeatable")
  private List<String> relays = new ArrayList<>();

  @Option(
      names = "--disjoint-from",
      paramLabel = "FILE",
      description = "share no link with this plan, printed before with -o json; repeatable")
  private List<Path> disjointFrom = new ArrayList<>();

  @Option(names = "--max-hops", paramLabel = "N", description = "most links on a path; 16")
  private @Nullable Integer maxHops;

  @Option(
      names = "--states",
      paramLabel = "MODEL",
      description = "bell-diagonal (default) or werner: faster, less accurate")
  private String states = "";

  @Option(
      names = "--purifications",
      paramLabel = "CLASS",
      description = "nested (default): what node agents run; or any")
  private String purifications = "";

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "most candidate plans looked at, so that equal requests search alike")
  private @Nullable Long budget;

  @Option(
      names = "--alternatives",
      paramLabel = "K",
      description = "also K plans of the front of rate against fidelity")
  private @Nullable Integer alternatives;

  @Option(names = "--empty-network", description = "ignore what sessions hold")
  private boolean emptyNetwork;

  boolean hasFrom() {
    return from != null;
  }

  boolean hasTo() {
    return to != null;
  }

  PlanRequestRequest question() {
    PlanRequestRequest.Builder question =
        PlanRequestRequest.newBuilder()
            .setMinFidelity(SessionWish.fidelity(minFidelity))
            .setObjective(objective)
            .setPriceUnit(priceUnit)
            .putAllPrices(prices)
            .setKeyProtocol(keyProtocol)
            .addAllExcluded(avoid)
            .addAllRequired(via)
            .addAllRelays(relays)
            .setStates(states)
            .setPurifications(purifications)
            .setEmptyNetwork(emptyNetwork);
    for (Path plan : disjointFrom) {
      question.addAllExcluded(EarlierPlan.linksToAvoid("--disjoint-from", plan));
    }
    set(from, question::setFromNode);
    set(to, question::setToNode);
    set(defaultPrice, question::setDefaultPrice);
    set(minRate, question::setMinPairsPerSecond);
    set(blockPairs, question::setBlockPairs);
    set(maxHops, question::setMaxHops);
    set(budget, question::setWorkBudget);
    set(alternatives, question::setAlternatives);
    return question.build();
  }

  private static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
