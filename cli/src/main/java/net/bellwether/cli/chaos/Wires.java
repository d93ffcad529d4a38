package net.bellwether.cli.chaos;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.demo.Machines;

/// What lies between the programs of a run and can be broken: passages on their ways and, where
/// this machine allows it, the wires of machines of their own, each with a controller and a member
/// of etcd.
record Wires(Optional<Machines> machines, Passages passages) implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /// For `count` controllers; tells `out` what is not possible here.
  static Wires lay(int count, PrintWriter out) {
    try {
      Machines machines = Machines.create(count);
      if (!machines.canLosePackets()) {
        out.println("Packets are not lost: nft is not installed (package nftables).");
      }
      return new Wires(Optional.of(machines), new Passages(machines.gateway()));
    } catch (IllegalStateException e) {
      out.println(
          "Machines are not cut off, controllers and etcd have none of their own: "
              + e.getMessage()
              + " (this takes root and iproute2)");
      return new Wires(Optional.empty(), new Passages(LOOPBACK));
    }
  }

  LocalNetwork.Sites sites() {
    return machines.<LocalNetwork.Sites>map(each -> each).orElse(LocalNetwork.Sites.HERE);
  }

  /// The faults that can befall programs on these.
  Set<Fault.Kind> possible() {
    Set<Fault.Kind> kinds = EnumSet.allOf(Fault.Kind.class);
    if (machines.isEmpty()) {
      kinds.remove(Fault.Kind.CUT_OFF_LEADERS_MACHINE);
      kinds.remove(Fault.Kind.THROTTLE_MACHINE);
    }
    if (machines.filter(Machines::canLosePackets).isEmpty()) {
      kinds.remove(Fault.Kind.LOSE_PACKETS);
    }
    return kinds;
  }

  @Override
  public void close() {
    passages.close();
    machines.ifPresent(Machines::close);
  }
}
