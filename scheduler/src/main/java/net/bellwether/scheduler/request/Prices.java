package net.bellwether.scheduler.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.topology.id.LinkId;

/// What a plan pays for what it takes of links: per elementary pair, or per second of link time.
/// Links that `perLink` does not name cost `standard`. Prices are at least 0 and finite.
public record Prices(Unit unit, double standard, SequencedMap<LinkId, Double> perLink) {
  /// Every elementary pair costs 1.
  public static final Prices PAIRS = new Prices(Unit.PAIR, 1, new LinkedHashMap<>());

  public Prices {
    require("price", standard);
    perLink.forEach((link, price) -> require("price of " + link, price));
    perLink = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(perLink));
  }

  public double of(LinkId link) {
    Double own = perLink.get(link);
    return own == null ? standard : own;
  }

  /// What is paid for.
  public enum Unit {
    PAIR,
    LINK_SECOND
  }

  /// Whether any link has a price of its own.
  public boolean isUniform() {
    return perLink.isEmpty();
  }

  private static void require(String name, double price) {
    if (!(price >= 0 && price < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " (" + price + ") must be at least 0 and finite\nto forbid a link, exclude it");
    }
  }

  public static Prices of(Unit unit, double standard, Map<LinkId, Double> perLink) {
    SequencedMap<LinkId, Double> ordered = new LinkedHashMap<>();
    perLink.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(LinkId::value)))
        .forEach(each -> ordered.put(each.getKey(), each.getValue()));
    return new Prices(unit, standard, ordered);
  }
}
