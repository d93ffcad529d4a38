package net.bellwether.simulation.fault.key;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.simulation.fault.world.Net;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// A model of distillation for one session: what the two ends store and tell each other about
/// blocks, in the order of the product's protocol, with bits from nowhere. The following end stores
/// a block first, then the leading end, which then says so; what the following end was not told of,
/// it asks on the next stream. A stream that does not get on is given up.
public final class Distilling {
  private static final long PAUSE_MIN_MICROS = 300 * World.MILLI;
  private static final long PAUSE_MAX_MICROS = 1_500 * World.MILLI;
  private static final long GIVEN_UP_MICROS = 2 * World.SECOND;

  /// Words of four bytes, even, so that halves are whole words.
  private static final int BLOCK_WORDS = 32;

  private final World world;
  private final Net net;
  private final DoubleSupplier lost;
  private final String session;
  private final NodeId leading;
  private final NodeId following;
  private final Function<NodeId, @Nullable KeyManager> managers;
  private final Supply supply;
  private final Material material;
  private @Nullable Stream stream;

  /// Whether both ends have measured pairs enough for a block; takes them.
  public interface Supply {
    boolean takeForBlock(FlowId session);
  }

  public Distilling(
      World world,
      Net net,
      DoubleSupplier lost,
      FlowId session,
      NodeId one,
      NodeId other,
      Function<NodeId, @Nullable KeyManager> managers,
      Supply supply,
      Material material) {
    this.world = world;
    this.net = net;
    this.lost = lost;
    this.session = session.value();
    this.leading = one.compareTo(other) < 0 ? one : other;
    this.following = one.compareTo(other) < 0 ? other : one;
    this.managers = managers;
    this.supply = supply;
    this.material = material;
  }

  public void begin() {
    world.after(
        world.between(PAUSE_MIN_MICROS, PAUSE_MAX_MICROS),
        () -> {
          KeyManager leader = managers.apply(leading);
          KeyManager follower = managers.apply(following);
          if (leader != null && follower != null && isOpen(leader) && isOpen(follower)) {
            Stream opened = new Stream(leader, follower);
            stream = opened;
            opened.ask();
            world.after(GIVEN_UP_MICROS, () -> opened.over = true);
          }
          begin();
        });
  }

  private boolean isOpen(KeyManager manager) {
    return manager.find(session).filter(known -> !known.getClosed()).isPresent();
  }

  /// One stream, from the question what is pending to the confirmation of a block.
  private final class Stream {
    private final KeyManager leader;
    private final KeyManager follower;
    private boolean over;

    Stream(KeyManager leader, KeyManager follower) {
      this.leader = leader;
      this.follower = follower;
    }

    private void at(KeyManager from, KeyManager to, Runnable step) {
      net.send(
          from.host(),
          to.host(),
          lost.getAsDouble(),
          () ->
              to.host()
                  .beside(() -> {
                    boolean lives =
                        !over
                            && this.equals(stream)
                            && leader.equals(managers.apply(leading))
                            && follower.equals(managers.apply(following));
                    if (lives) {
                      attempt(step);
                    }
                  }));
    }

    /// Whatever fails ends the stream.
    private void attempt(Runnable step) {
      try {
        step.run();
      } catch (LedgerUnavailableException | IllegalStateException e) {
        over = true;
      }
    }

    void ask() {
      at(
          leader,
          follower,
          () -> {
            List<Long> pending = follower.ledger().pendingBlocks(session);
            long highest = highestAt(follower);
            at(follower, leader, () -> answer(pending, highest));
          });
    }

    private long highestAt(KeyManager manager) {
      return manager.ledger().stock(session).counters().highestBlock();
    }

    private void answer(List<Long> pending, long highestOfFollower) {
      for (long block : pending) {
        boolean has = leader.ledger().hasBlock(session, block);
        at(
            leader,
            follower,
            () -> {
              if (has) {
                follower.ledger().confirmBlock(session, block);
              } else {
                follower.ledger().dropBlock(session, block);
              }
            });
      }
      long number = Math.max(highestOfFollower, highestAt(leader)) + 1;
      if (supply.takeForBlock(FlowId.of(session))) {
        byte[] key = material.next(BLOCK_WORDS);
        at(
            leader,
            follower,
            () -> {
              follower.ledger().storeBlock(session, number, false, key.clone());
              at(
                  follower,
                  leader,
                  () -> {
                    leader.ledger().storeBlock(session, number, true, key.clone());
                    at(leader, follower, () -> follower.ledger().confirmBlock(session, number));
                  });
            });
      }
    }
  }
}
