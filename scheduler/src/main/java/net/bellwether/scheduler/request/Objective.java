package net.bellwether.scheduler.request;

import java.util.OptionalLong;

/// What the best plan is best at, among those within the request's floor and limits.
public sealed interface Objective {
  /// Whether a plan is the better the smaller its value.
  default boolean minimises() {
    return this instanceof Cheapest;
  }

  /// The least cost of a delivered pair, in units of the prices.
  record Cheapest(Prices prices) implements Objective {}

  /// Most pairs a second.
  record PairRate() implements Objective {}

  /// Most secret key bits a second: in the limit of long blocks, or from blocks of `blockPairs`
  /// delivered pairs with finite-size effects.
  record SecretKeyRate(KeyProtocol protocol, OptionalLong blockPairs) implements Objective {
    public static final SecretKeyRate BBM92 =
        new SecretKeyRate(KeyProtocol.BBM92, OptionalLong.empty());

    public SecretKeyRate {
      if (blockPairs.isPresent() && blockPairs.getAsLong() < 1) {
        throw new IllegalArgumentException(
            "blockPairs (" + blockPairs.getAsLong() + ") must be at least 1");
      }
      if (blockPairs.isPresent() && protocol == KeyProtocol.SIX_STATE) {
        throw new IllegalArgumentException(
            "blockPairs (%d) must be absent for six-state: finite-size effects are known for BBM92 only"
                .formatted(blockPairs.getAsLong()));
      }
    }
  }

  /// The highest fidelity, at `minPairsPerSecond` or more.
  record Fidelity(double minPairsPerSecond) implements Objective {
    public Fidelity {
      if (!(minPairsPerSecond > 0 && minPairsPerSecond < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "minPairsPerSecond (" + minPairsPerSecond + ") must be positive and finite");
      }
    }
  }

  /// How key is distilled from measured pairs.
  enum KeyProtocol {
    /// Two bases: 1 − h(e_Z) − h(e_X) \[bbm1992\].
    BBM92,
    /// Three bases: 1 − H(state) \[bruss1998\].
    SIX_STATE
  }
}
