package net.bellwether.scheduler;

import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.PurificationProtocol;

/// Random plans on chains of up to six links, purified at any level, with memories that keep pairs
/// for about as long as a round, and rounds for them.
final class RandomRounds {
  private static final String NAMES = "ArstuvwZ";
  private static final int PURIFICATIONS_MAX = 3;

  private final SplittableRandom random;
  private final int links;
  private final int multiplexing;
  private final NetworkView view;
  private int purifications;

  RandomRounds(long seed) {
    random = new SplittableRandom(seed);
    links = random.nextInt(1, 7);
    multiplexing = oneOf(2, 4, 8, 16, 64);
    StringBuilder text = new StringBuilder("A");
    for (int i = 1; i <= links; i++) {
      text.append(" -").append(random.nextInt(10, 45)).append("km- ").append(NAMES.charAt(i));
    }
    double t2Seconds = oneOf(20, 50, 100, 500) * 1e-3;
    view =
        TextNetwork.with()
            .multiplexing(multiplexing)
            .memory(new Qubits(512, 5 * t2Seconds, t2Seconds))
            .operations(new Operations(0.99, 0.01, oneOf(50, 75, 100, 100) / 100.0))
            .declared(text.toString());
  }

  record Case(Plan plan, NetworkView view, Grant grant, String text) {}

  Case next() {
    Plan plan = tree(0, links);
    int attemptMicros = oneOf(2_000, 5_000, 10_000, 20_000);
    String text =
        "%s, %d modes, T2 %s s, q %s, %d us"
            .formatted(
                text(plan),
                multiplexing,
                view.node(plan.left()).memoryQubits().t2Seconds(),
                view.node(plan.left()).operations().swapSuccessProbability(),
                attemptMicros);
    return new Case(plan, view, Plans.grant(attemptMicros, 90_000, 1), text);
  }

  private Plan tree(int from, int to) {
    Plan plan;
    if (to - from == 1) {
      LinkId link = LinkId.of(TextNetwork.node(name(from)) + "-" + TextNetwork.node(name(to)));
      plan = Plans.link(view, link.value(), List.of("middle", "bright").get(random.nextInt(2)));
    } else {
      int middle = random.nextInt(from + 1, to);
      plan = Plans.swap(tree(from, middle), tree(middle, to));
    }
    while (purifications < PURIFICATIONS_MAX && random.nextInt(4) == 0) {
      purifications++;
      plan =
          Plans.purify(
              plan,
              random.nextBoolean() ? PurificationProtocol.DEJMPS : PurificationProtocol.BBPSSW);
    }
    return plan;
  }

  private static String name(int i) {
    return String.valueOf(NAMES.charAt(i));
  }

  private int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  /// For example `D((ar st) tu)`: DEJMPS of a swap of a swap.
  private static String text(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate -> generate.link() + "/" + generate.mode();
      case Plan.Swap swap -> "(" + text(swap.leftPart()) + " " + text(swap.rightPart()) + ")";
      case Plan.Purify purify ->
          purify.protocol().name().charAt(0) + "[" + text(purify.kept()) + "]";
      case Plan.Relay relay -> throw new AssertionError(relay);
    };
  }
}
