package net.bellwether.simulation.fault.key;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import net.bellwether.agent.key.Delivery;
import net.bellwether.agent.ledger.DeliveredKey;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// The applications at both ends of a session: each asks for new keys now and then, tells the other
/// their ids, and the other fetches them, again where no answer came.
public final class Consumers {
  private static final int FETCHES_MAX = 4;

  private final World world;
  private final DoubleSupplier lost;
  private final String tenant;
  private final Function<NodeId, @Nullable KeyManager> managers;

  /// An application at a node.
  public record App(NodeId node, String name) {}

  public Consumers(
      World world,
      DoubleSupplier lost,
      String tenant,
      Function<NodeId, @Nullable KeyManager> managers) {
    this.world = world;
    this.lost = lost;
    this.tenant = tenant;
    this.managers = managers;
  }

  public void begin(App one, App other) {
    askAgain(one, other);
    askAgain(other, one);
  }

  private void askAgain(App master, App slave) {
    world.after(
        world.between(200 * World.MILLI, 3_000 * World.MILLI),
        () -> {
          long number = world.between(1, 3);
          long bits = 32 * world.between(1, 8);
          request(
              master,
              manager -> manager.enc(tenant, master.name(), slave.name(), number, bits),
              delivery -> {
                if (delivery instanceof Delivery.Keys keys) {
                  List<UUID> ids = keys.keys().stream().map(DeliveredKey::id).toList();
                  fetch(slave, master, ids, FETCHES_MAX);
                }
              });
          askAgain(master, slave);
        });
  }

  private void fetch(App slave, App master, List<UUID> ids, int tries) {
    world.after(
        world.between(World.MILLI, 500 * World.MILLI),
        () -> {
          boolean[] answered = new boolean[1];
          request(
              slave,
              manager -> manager.dec(tenant, slave.name(), master.name(), ids),
              delivery -> answered[0] = !(delivery instanceof Delivery.NotNow));
          world.after(
              2 * World.SECOND,
              () -> {
                if (!answered[0] && tries > 1) {
                  fetch(slave, master, ids, tries - 1);
                }
              });
        });
  }

  /// Some answers are lost, and some requests come twice.
  private void request(App app, Function<KeyManager, Delivery> request, Consumer<Delivery> answer) {
    int times = world.chance(lost.getAsDouble()) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      world.after(
          world.between(100, 5 * World.MILLI),
          () -> {
            KeyManager manager = managers.apply(app.node());
            if (manager != null && !world.isCrowded()) {
              manager
                  .host()
                  .beside(() -> {
                    Delivery delivery = request.apply(manager);
                    if (!world.chance(lost.getAsDouble())) {
                      world.after(
                          world.between(100, 5 * World.MILLI), () -> answer.accept(delivery));
                    }
                  });
            }
          });
    }
  }
}
