package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.Request;

/// In what terms plans are compared: prices, which add up under a swap, or the seconds a pair
/// takes, of which the slower part counts.
sealed interface Terms {
  /// Cost of one elementary pair of a mode.
  double cost(NetworkSnapshot snapshot, int link, int mode);

  /// Whether costs of the two parts of a swap add up.
  boolean addsUp();

  static Terms of(Request request) {
    return request.objective() instanceof Objective.Cheapest(Prices prices)
        ? new Priced(prices)
        : new Timed();
  }

  record Priced(Prices prices) implements Terms {
    @Override
    public double cost(NetworkSnapshot snapshot, int link, int mode) {
      double price = prices.isUniform() ? prices.standard() : prices.of(snapshot.link(link));
      return switch (prices.unit()) {
        case PAIR -> price;
        case LINK_SECOND -> price / snapshot.origin(mode).fluidPairsPerSecond();
      };
    }

    @Override
    public boolean addsUp() {
      return true;
    }
  }

  record Timed() implements Terms {
    @Override
    public double cost(NetworkSnapshot snapshot, int link, int mode) {
      return 1 / snapshot.rate(mode);
    }

    @Override
    public boolean addsUp() {
      return false;
    }
  }
}
