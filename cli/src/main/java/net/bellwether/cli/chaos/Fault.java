package net.bellwether.cli.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One thing that befalls the running network: its kind, which of the candidates it hits, and how
/// long it lasts.
record Fault(Kind kind, int victimIndex, long lastsMillis) {
  private static final long DELAY_MIN_MILLIS = 50;
  private static final long DELAY_MAX_MILLIS = 150;

  /// What a throttled wire carries: a tenth of what a controller and its etcd say at a busy moment.
  static final int THROTTLED_KILOBITS_PER_SECOND = 512;

  /// Of a hundred packets in each direction; of a hundred connections that are opened as many wait
  /// a second longer.
  static final int LOST_PERCENT = 20;

  /// What is hit; one of each at a time.
  enum Part {
    CONTROLLER,
    ETCD,
    AGENT,
    NETWORK
  }

  enum Kind {
    KILL_LEADER("leader killed", Part.CONTROLLER, 5, 1_000, 5_000),
    KILL_CONTROLLER("controller killed", Part.CONTROLLER, 3, 1_000, 5_000),
    /// Longer than the lease of five seconds, so that another leads meanwhile.
    PAUSE_LEADER("leader paused", Part.CONTROLLER, 4, 6_000, 12_000),
    STEP_DOWN("leader stepped down", Part.CONTROLLER, 3, 0, 0),
    KILL_ETCD("etcd member killed", Part.ETCD, 3, 1_000, 5_000),
    PAUSE_ETCD("etcd member paused", Part.ETCD, 3, 2_000, 8_000),
    /// Two members of three.
    LOSE_QUORUM("etcd quorum lost", Part.ETCD, 1, 5_000, 5_000),
    KILL_AGENT("agent killed", Part.AGENT, 5, 1_000, 5_000),
    /// Longer than the lease, too.
    CUT_LEADER_FROM_ETCD("leader cut off from etcd", Part.NETWORK, 4, 6_000, 12_000),
    CUT_CONTROLLER_FROM_OUTSIDE(
        "controller cut off from agents and clients", Part.NETWORK, 3, 2_000, 8_000),
    SLOW_CONTROLLER("controller slow to etcd", Part.NETWORK, 3, 3_000, 8_000),
    RESET_CONTROLLER("connections of a controller reset", Part.NETWORK, 3, 0, 0),
    CUT_OFF_LEADERS_MACHINE("leader's machine cut off", Part.NETWORK, 4, 6_000, 12_000),
    THROTTLE_MACHINE("machine throttled", Part.NETWORK, 2, 3_000, 8_000),
    LOSE_PACKETS("machine losing packets", Part.NETWORK, 2, 3_000, 8_000);

    private final String title;
    private final Part part;
    private final int weight;
    private final long minMillis;
    private final long maxMillis;

    Kind(String title, Part part, int weight, long minMillis, long maxMillis) {
      this.title = title;
      this.part = part;
      this.weight = weight;
      this.minMillis = minMillis;
      this.maxMillis = maxMillis;
    }

    String title() {
      return title;
    }

    Part part() {
      return part;
    }
  }

  /// How much later everything arrives that passes a slow way, 50 to 150 ms.
  long delayMillis() {
    return DELAY_MIN_MILLIS + victimIndex % (DELAY_MAX_MILLIS - DELAY_MIN_MILLIS + 1);
  }

  /// Draws faults of some kinds by their weights; equal generators draw equal faults. Whoever runs
  /// them waits until the part that the next one hits is whole again.
  static Supplier<Fault> drawnBy(RandomGenerator random, Set<Kind> kinds) {
    List<Kind> lots = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kinds.contains(kind)) {
        lots.addAll(Collections.nCopies(kind.weight, kind));
      }
    }
    return () -> {
      Kind kind = lots.get(random.nextInt(lots.size()));
      return new Fault(
          kind,
          random.nextInt(Integer.MAX_VALUE),
          random.nextLong(kind.minMillis, kind.maxMillis + 1));
    };
  }
}
