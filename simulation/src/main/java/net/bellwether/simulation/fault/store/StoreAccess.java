package net.bellwether.simulation.fault.store;

import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.simulation.fault.world.Host;
import net.bellwether.simulation.fault.world.World;

/// The way of one controller to the store, with what befalls it.
public final class StoreAccess {
  private static final long TIMEOUT_MICROS = 500 * World.MILLI;

  private final StoreCluster cluster;
  private final Host host;
  private final Troubles troubles;
  private boolean calm;
  private long cutUntilMicros;

  /// Probabilities a request.
  public record Troubles(double answerLost, double slow, double death) {}

  public StoreAccess(StoreCluster cluster, Host host, Troubles troubles) {
    this.cluster = cluster;
    this.host = host;
    this.troubles = troubles;
  }

  Host host() {
    return host;
  }

  World world() {
    return host.world();
  }

  /// Sends a request beside others: `arrived` at the store, or `failed` some time later here.
  void send(Runnable arrived, Runnable failed) {
    Host.Life life = host.life();
    world()
        .after(
            delay(),
            () -> {
              if (isReachable()) {
                arrived.run();
              } else {
                world().after(TIMEOUT_MICROS, () -> host.beside(life, failed));
              }
            });
  }

  /// Sends an answer: `heard` here, or `failed` some time later.
  void answer(Runnable heard, Runnable failed) {
    Host.Life life = host.life();
    boolean lost = chance(troubles.answerLost);
    world().after(lost ? TIMEOUT_MICROS : delay(), () -> host.beside(life, lost ? failed : heard));
  }

  /// The controller does not reach the store for this long.
  public void cut(long micros) {
    cutUntilMicros = host.world().nowMicros() + micros;
    host.note("does not reach the store for %.2f s", micros / 1e6);
  }

  /// No more troubles from now on.
  public void calm() {
    calm = true;
    cutUntilMicros = 0;
  }

  private boolean isReachable() {
    return host.world().nowMicros() >= cutUntilMicros && cluster.hasQuorum();
  }

  private boolean chance(double probability) {
    return !calm && host.world().chance(probability);
  }

  void mayDie(String when) {
    if (chance(troubles.death)) {
      host.world().faults().count(FaultKind.CONTROLLER_CRASH);
      host.note("crashes %s", when);
      host.die();
    }
  }

  /// Takes the time of a request; whether it got through.
  boolean request() {
    host.hang(delay());
    if (!isReachable()) {
      host.hang(TIMEOUT_MICROS);
      return false;
    }
    return true;
  }

  /// Whether what was given up was under way and arrives some time later.
  boolean comesLate() {
    return chance(0.3);
  }

  /// Takes the time of an answer; whether it came.
  boolean answer() {
    host.hang(delay());
    if (chance(troubles.answerLost)) {
      host.world().faults().count(FaultKind.STORE_ANSWER_LOST);
      host.hang(TIMEOUT_MICROS);
      return false;
    }
    return true;
  }

  private long delay() {
    if (chance(troubles.slow)) {
      host.world().faults().count(FaultKind.STORE_SLOW);
      return host.world().between(10 * World.MILLI, 400 * World.MILLI);
    }
    return host.world().between(100, 2 * World.MILLI);
  }
}
